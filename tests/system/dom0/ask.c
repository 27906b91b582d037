/* SPDX-License-Identifier: Apache-2.0
 *
 * Asks a guest by a page that it lends and an event, as tests/system/apps/tenant answers.
 *
 *     ask DOMID GRANT PORT NUMBER
 *
 * Exit status 0: the answer was NUMBER + 1; 1: it was not, or did not come; 2: it could not ask.
 */
#include <poll.h>
#include <unistd.h>

#include "tests/system/dom0/xen_devices.h"

#define ANSWER_MS 5000
#define LOOK_MS   100

/* Any event, and its port open for the next one. @return milliseconds that it certainly took */
static int wait_for_event(int events)
{
    struct pollfd wait = {.fd = events, .events = POLLIN};
    uint32_t port;

    if (poll(&wait, 1, LOOK_MS) == 0)
        return LOOK_MS;
    if (read(events, &port, sizeof(port)) != sizeof(port) ||
        write(events, &port, sizeof(port)) != sizeof(port))
        die("take event");
    return 0;
}

int main(int argc, char **argv)
{
    const int events = open_device("/dev/xen/evtchn");
    uint32_t args[5] = {0};
    uint32_t *page;
    int waited_ms = 0;

    for (int i = 1; i < argc && i < 5; i++)
        args[i] = (uint32_t)strtoul(argv[i], NULL, 10);
    page = map_page(args[1], args[2]);
    __atomic_store_n(&page[0], args[4], __ATOMIC_RELEASE);
    notify_port(events, bind_port(events, args[1], args[3]));
    /* Xen makes the first event itself, when a port is bound. */
    while (__atomic_load_n(&page[1], __ATOMIC_ACQUIRE) != args[4] + 1) {
        if (waited_ms >= ANSWER_MS) {
            printf("ask: no answer, or a wrong one: %u\n", page[1]);
            return 1;
        }
        waited_ms += wait_for_event(events);
    }
    return 0;
}
