/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rest of the kernel asks of resource.c. Which resources a task or an ISR2 holds is known
 * in extended status only, where it may not end with one (OSEK 8.5, 8.6); standard status pays
 * nothing.
 */
#ifndef KERNEL_RESOURCE_H
#define KERNEL_RESOURCE_H

#include <stdbool.h>

#include "cfg.h"

#define RESOURCE_TRACKING (CFG_EXTENDED_STATUS && CFG_RESOURCE_COUNT > 0)

/** The resource that the running task or ISR2 has taken last, as its id + 1; 0 = none. Only if
 *  RESOURCE_TRACKING. */
extern uint8_t os_resource_held;

/** No resource is taken. */
void resource_init(void);

/** Release all that the running task or ISR2 holds. Interrupts masked. */
void resource_release_held(void);

/** An ISR2 ends with a resource: tell ErrorHook, and release it. Interrupts masked. OSEK 8.6 */
void resource_kept_by_isr(void);

static inline bool resource_is_held(void)
{
    return RESOURCE_TRACKING && os_resource_held != 0;
}

/** A task or an ISR2 starts holding nothing: put the interrupted one's chain aside.
 *  @return it, for resource_show_held() */
static inline unsigned int resource_hide_held(void)
{
    unsigned int held = 0;

    if (RESOURCE_TRACKING) {
        held = os_resource_held;
        os_resource_held = 0;
    }
    return held;
}

static inline void resource_show_held(unsigned int held)
{
    if (RESOURCE_TRACKING)
        os_resource_held = (uint8_t)held;
}

#endif
