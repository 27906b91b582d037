/* SPDX-License-Identifier: Apache-2.0
 *
 * The domain's watchdog: see watchdog.h.
 */
#include "drivers/xen/watchdog.h"

#include "drivers/xen/config.h"
#include "drivers/xen/hypercall.h"

static uint32_t id; /* Xen's name for it, 1 ..; 0: not running */

int watchdog_start(void)
{
    int rc = hypercall_watchdog(0, CFG_WATCHDOG_S);

    if (rc <= 0)
        return rc;
    id = (uint32_t)rc;
    return 0;
}

void watchdog_feed(void)
{
    if (id != 0)
        (void)hypercall_watchdog(id, CFG_WATCHDOG_S); /* fails only for an id that Xen never gave */
}

void watchdog_stop(void)
{
    if (id != 0)
        (void)hypercall_watchdog(id, 0);
    id = 0;
}
