/* SPDX-License-Identifier: Apache-2.0
 *
 * See timer.h.
 */
#include "timer.h"

#include <stdint.h>

#define CONDITION_HOLDS 4u /* CNTV_CTL.ISTATUS */

/* Xen makes the interrupt pending a little after the timer's condition holds. */
void timer_wait_until_due(void)
{
    uint32_t control;

    do {
        __asm__ volatile("mrc p15, 0, %0, c14, c3, 1" : "=r"(control) : : "memory"); /* CNTV_CTL */
    } while ((control & CONDITION_HOLDS) == 0);
    for (unsigned int i = 0; i < 1000; i++) {
        __asm__ volatile("isb");
    }
}
