/* SPDX-License-Identifier: Apache-2.0
 *
 * Start and interrupts on the machine: see trigger.h. Xen's virtual interrupt controller can make a line pending as
 * well as a real one.
 */
#include <arch/irq.h>

#include "kernel/cfg.h"
#include "tests/conformance/step.h"

int main(void);
int main(void)
{
    StartOS(start_mode);
}

void trigger(void (*handler)(void))
{
    unsigned int index = 0;

    while (cfg_has(index, CFG_ISR_COUNT) && cfg_isrs[index].isr.handler != handler) {
        index++;
    }
    if (!cfg_has(index, CFG_ISR_COUNT)) {
        STEP("there is no such interrupt");
        return;
    }
    irq_pend(cfg_isrs[index].source);
}
