/* SPDX-License-Identifier: Apache-2.0
 *
 * Start and interrupts on the machine: see trigger.h. An interrupt is made by setting its line
 * pending in the distributor, which Xen's virtual one can do as well as the real one (ARM IHI
 * 0048B, GICD_ISPENDR).
 */
#include <stddef.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "gic.h"
#include "kernel/cfg.h"
#include "tests/conformance/step.h"

#define GICD_ISPENDR(line) (0x200 + 4 * ((line) / 32))

static uint8_t *distributor;

int main(void);
int main(void)
{
    distributor = mem_map(gic_info()->distributor, PAGE_SIZE, MEM_DEVICE);
    StartOS(start_mode);
}

void trigger(void (*handler)(void))
{
    unsigned int index = 0;

    while (cfg_has(index, CFG_ISR_COUNT) && cfg_isrs[index].isr.handler != handler) {
        index++;
    }
    if (!cfg_has(index, CFG_ISR_COUNT) || distributor == NULL) {
        STEP("there is no such interrupt");
        return;
    }
    mmio_write32(distributor + GICD_ISPENDR(cfg_isrs[index].source),
                 1u << cfg_isrs[index].source % 32);
    __asm__ volatile("dsb\n\tisb" ::: "memory"); /* pending before the next instruction */
}
