/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupt lines. A line is a GIC interrupt id (INTID): PPIs 16-31, SPIs from 32. Levels are the application's:
 * 1 is the lowest, IRQ_LEVELS the highest; a higher level interrupts a lower one, equal ones wait for each other.
 */
#ifndef ARCH_IRQ_H
#define ARCH_IRQ_H

#include <stdint.h>

#define IRQ_LEVELS                                                                                 \
    30 /* the virtual GIC has 5 priority bits; 0 stays for what must beat everything, 31 masks all */

enum irq_category {
    IRQ_ISR1 = 1, /* never touches the kernel: returns straight to what it interrupted (OSEK 6.1) */
    IRQ_ISR2 = 2, /* may call OS services; a task made ready by it runs when the last ISR2 ends */
};

struct os_isr; /* kernel/arch.h */

/**
 * Route a line to a handler and enable it, for as long as the system runs: `isr` must stay. PPIs and passed-through
 * SPIs are level-triggered here; the handler must make its device drop the line.
 * @return 0; -EINVAL: line or level out of range; -EBUSY: the line has a handler already; -ENOSPC: 15 lines beyond
 * the application's own ISRs have.
 * Context: before StartOS.
 */
int irq_bind(unsigned int line, const struct os_isr *isr, enum irq_category category);

/** Make a line pending, as its device would, for tests and measurements: it is when this returns. Must be a line of the controller.
 *  Context: any; under Xen it is a trap. */
void irq_pend(unsigned int line);

/** Interrupts that nobody was there for: taken back by the GIC before we asked for their number (INTID 1022, 1023),
 *  or of a line without a handler, which is then disabled. */
uint32_t irq_spurious_count(void);

#endif
