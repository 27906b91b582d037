/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests that will not wait: see hurry.h.
 */
#include "tests/system/apps/xenlayer/hurry.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"

#define HURRY_MS   500u
#define LONG_BYTES 2000u

static struct xs_request read_req = {.timeout_ms = HURRY_MS};
static struct xs_request write_req = {.timeout_ms = HURRY_MS};
static char answer[LONG_BYTES + 1];
static char long_value[LONG_BYTES];

static void ended(struct xs_request *req)
{
    printk("hurry: %s ended with %d\n", req == &read_req ? "read" : "write", req->status);
}

void hurry_read(void)
{
    (void)xs_read(&read_req, "name", answer, sizeof(answer), ended);
}

void hurry_write(void)
{
    memset(long_value, 'h', sizeof(long_value));
    (void)xs_write(&write_req, "data/hurry", long_value, sizeof(long_value), ended);
}
