/* SPDX-License-Identifier: Apache-2.0
 *
 * State of the ready queues: see ready.h. A class 1 application needs none besides the bitmap.
 */
#include "ready.h"

#define GROUP_COUNT ((CFG_PRIO_COUNT + 31u) / 32u)

uint32_t os_ready_groups[GROUP_COUNT] = {1u}; /* as os.ready_map in sched.c */
struct ready_fifo os_ready_fifo[CFG_PRIO_COUNT];
uint8_t os_activations[CFG_TASK_COUNT];
uint8_t os_ready_slots[CFG_ACTIVATION_COUNT];

void ready_init(void)
{
    unsigned int i;

    os.ready_map = 1u;
    if (READY_GROUPS) {
        for (i = 0; i < GROUP_COUNT; i++)
            os_ready_groups[i] = i == 0;
    }
    if (!CFG_MULTIPLE_ACTIVATIONS)
        return;
    for (i = 0; i < CFG_PRIO_COUNT; i++)
        os_ready_fifo[i] = (struct ready_fifo){0};
    for (i = 0; i < CFG_TASK_COUNT; i++)
        os_activations[i] = 0;
}
