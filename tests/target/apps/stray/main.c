/* SPDX-License-Identifier: Apache-2.0
 *
 * An interrupt that nobody has bound must neither hold up those of lower levels nor come for ever.
 */
#include <arch/irq.h>
#include <arch/mem.h>
#include <arch/mmio.h>

#include "drivers/console/console.h"
#include "gic.h"
#include "kernel/os.h"

#define PATIENCE 50000000u /* turns of a loop: far more than the alarm's 2 ms */

#define STRAY                100u /* an interrupt of no device: only its bit in the distributor makes it */
#define STRAY_BIT            (1u << STRAY % 32)
#define GICD_ISENABLER_OF_IT (0x100u + 4 * (STRAY / 32))

static volatile bool alarm_came;

ALARMCALLBACK(Timer)
{
    alarm_came = true;
}

ISR(Low)
{
}

TASK(High)
{
    TerminateTask();
}

TASK(Main)
{
    uint8_t *const gicd = mem_map(gic_info()->distributor, PAGE_SIZE, MEM_DEVICE);

    mmio_write32(gicd + GICD_ISENABLER_OF_IT, STRAY_BIT);
    irq_pend(STRAY);
    SetRelAlarm(Soon, 2, 0);
    for (unsigned int turn = 0; turn < PATIENCE && !alarm_came; turn++) {
    }
    printk("strays %u, alarm came: %s\n", irq_spurious_count(), alarm_came ? "yes" : "no");
    ShutdownOS(E_OK);
}
