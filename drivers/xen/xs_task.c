/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests and tasks: completions that tell a task, waiting by an event, and a transaction as one
 * call.
 */
#include <errno.h>

#include "drivers/xen/xenstore.h"
#include "os.h"

void xs_set_event(struct xs_request *req)
{
    (void)SetEvent(req->task, req->event);
}

void xs_activate_task(struct xs_request *req)
{
    (void)ActivateTask(req->task);
}

int xs_wait_event(struct xs_request *req)
{
    while (xs_is_busy(req)) {
        if (WaitEvent(req->event) != E_OK)
            return -EAGAIN;
        (void)ClearEvent(req->event);
    }
    return req->status;
}

static int attempt(struct xs_request *req, int (*body)(struct xs_request *req))
{
    int rc;
    int end_rc;

    (void)xs_transaction_start(req, xs_set_event);
    rc = xs_wait_event(req);
    if (rc != 0)
        return rc;
    rc = body(req);
    (void)xs_transaction_end(req, rc == 0, xs_set_event);
    end_rc = xs_wait_event(req);
    return rc != 0 ? rc : end_rc;
}

/* -EAGAIN: somebody else has been faster (fact X2). */
int xs_transaction(struct xs_request *req, unsigned int attempts,
                   int (*body)(struct xs_request *req))
{
    int rc = -EAGAIN;

    for (unsigned int i = 0; i < attempts && rc == -EAGAIN; i++)
        rc = attempt(req, body);
    return rc;
}
