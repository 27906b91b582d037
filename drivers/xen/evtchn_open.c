/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel and its name together: see evtchn.h.
 */
#include "drivers/xen/evtchn.h"

static int lead_to(unsigned int name, int port)
{
    int rc;

    if (port < 0)
        return port;
    rc = evtchn_bind(name, (uint32_t)port);
    if (rc == 0)
        return port;
    (void)evtchn_close((uint32_t)port);
    return rc;
}

int evtchn_open(unsigned int name, uint16_t remote)
{
    return lead_to(name, evtchn_alloc_unbound(remote));
}

int evtchn_connect(unsigned int name, uint16_t remote, uint32_t remote_port)
{
    return lead_to(name, evtchn_bind_interdomain(remote, remote_port));
}

void evtchn_disconnect(unsigned int name, uint32_t port)
{
    evtchn_unbind(name);
    (void)evtchn_close(port);
}
