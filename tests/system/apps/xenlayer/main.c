/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that uses the Xen layer (drivers/xen) and tells what it got; it judges nothing. Who does,
 * by what dom0 sees, is tests/system/test_xenlayer.py.
 */
#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"
#include "tests/system/apps/xenlayer/steps.h"

#define WAIT_MS 2000u

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

/* The store's first answer comes while nothing of the OS runs yet. */
static void ask_before_start(void)
{
    static struct xs_request req;
    static char domid[8];
    int rc = xs_read(&req, "domid", domid, sizeof(domid), NULL);

    if (rc == 0)
        rc = xs_wait(&req, WAIT_MS);
    printk("before StartOS: status %d, domid '%s'\n", rc, domid);
}

int main(void);
int main(void)
{
    ask_before_start();
    steps_start();
    StartOS(OSDEFAULTAPPMODE);
}
