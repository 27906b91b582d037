/* SPDX-License-Identifier: Apache-2.0
 *
 * How a case makes an interrupt happen, on each machine: common/host/ raises it in the simulated
 * CPU, common/xen/ sets the line pending in the interrupt controller.
 */
#ifndef TRIGGER_H
#define TRIGGER_H

#include "kernel/os.h"

/** Raise the interrupt that OIL calls `name`. It is taken before this returns, if nothing masks it;
 *  otherwise as soon as nothing does. */
#define TRIGGER(name) trigger(isr_##name)

void trigger(void (*handler)(void));

/** The application mode that a case starts in: OSDEFAULTAPPMODE, if the case does not define it. */
extern const AppModeType start_mode;

#endif
