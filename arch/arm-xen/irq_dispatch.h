/* SPDX-License-Identifier: Apache-2.0
 *
 * From vectors.S into the interrupt controller.
 */
#ifndef IRQ_DISPATCH_H
#define IRQ_DISPATCH_H

#include <stdbool.h>

/** Acknowledge, run the handler of, and end one interrupt. Supervisor mode, interrupts masked.
 *  @return true: the interrupted task must give way to a higher one (os_preempt) */
bool irq_dispatch(void);

#endif
