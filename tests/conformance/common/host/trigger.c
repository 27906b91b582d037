/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts on arch/host: see trigger.h.
 */
#include <host.h>

#include "kernel/cfg.h"
#include "tests/conformance/trigger.h"

void trigger(void (*handler)(void))
{
    unsigned int index = 0;

    while (cfg_has(index, CFG_ISR_COUNT) && cfg_isrs[index].isr.handler != handler) {
        index++;
    }
    host_raise(index); /* says so if there is no such interrupt */
}
