/* SPDX-License-Identifier: Apache-2.0
 *
 * The hypercalls that this guest makes, one function an operation. Xen's own headers say what each
 * does in full; the file is named at each. All return 0 or a negative errno as Xen gives it
 * (errno.h has Xen's numbers).
 *
 * Arguments in memory are local structs: the stack is Normal write-back memory, as Xen wants it
 * (fact M2), and members that are not set are zero, so the upper halves of 64-bit fields are too
 * (fact M3).
 *
 * Context: any; each is one trap, about a microsecond or two.
 */
#ifndef XEN_HYPERCALL_H
#define XEN_HYPERCALL_H

#include <arch/hypercall.h>

#include "drivers/xen/abi.h"

/** Send an event to the other end of a channel. EVTCHNOP_send, xen/event_channel.h. */
static inline int hypercall_evtchn_send(evtchn_port_t port)
{
    struct evtchn_send arg = {.port = port};

    return hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, (uintptr_t)&arg, 0);
}

/** Clear a port's mask bit and, if it is pending, make the upcall. Does nothing if the bit is clear
 *  already. EVTCHNOP_unmask, xen/event_channel.h. */
static inline int hypercall_evtchn_unmask(evtchn_port_t port)
{
    struct evtchn_unmask arg = {.port = port};

    return hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_unmask, (uintptr_t)&arg, 0);
}

/** Get a new port to which the domain `remote` may bind.
 *  EVTCHNOP_alloc_unbound, xen/event_channel.h. */
static inline int hypercall_evtchn_alloc_unbound(domid_t remote, evtchn_port_t *port)
{
    struct evtchn_alloc_unbound arg = {.dom = DOMID_SELF, .remote_dom = remote};
    int rc = hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound, (uintptr_t)&arg, 0);

    if (rc == 0)
        *port = arg.port;
    return rc;
}

/** Connect to a port that the domain `remote` has allocated for us; `port` becomes ours. Its first
 *  event comes at once. EVTCHNOP_bind_interdomain, xen/event_channel.h. */
static inline int hypercall_evtchn_bind_interdomain(domid_t remote, evtchn_port_t remote_port,
                                                    evtchn_port_t *port)
{
    struct evtchn_bind_interdomain arg = {.remote_dom = remote, .remote_port = remote_port};
    int rc =
        hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_bind_interdomain, (uintptr_t)&arg, 0);

    if (rc == 0)
        *port = arg.local_port;
    return rc;
}

/** Give a port back. EVTCHNOP_close, xen/event_channel.h. */
static inline int hypercall_evtchn_close(evtchn_port_t port)
{
    struct evtchn_close arg = {.port = port};

    return hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_close, (uintptr_t)&arg, 0);
}

/** Get the port of an interrupt that Xen itself raises, VIRQ_..., for vCPU 0; -EEXIST: it has one.
 *  EVTCHNOP_bind_virq, xen/event_channel.h. */
static inline int hypercall_evtchn_bind_virq(uint32_t virq, evtchn_port_t *port)
{
    struct evtchn_bind_virq arg = {.virq = virq};
    int rc = hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_bind_virq, (uintptr_t)&arg, 0);

    if (rc == 0)
        *port = arg.port;
    return rc;
}

/** What a port of this domain is: status->status is EVTCHNSTAT_...
 *  EVTCHNOP_status, xen/event_channel.h. */
static inline int hypercall_evtchn_status(evtchn_port_t port, struct evtchn_status *status)
{
    *status = (struct evtchn_status){.dom = DOMID_SELF, .port = port};
    return hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_status, (uintptr_t)status, 0);
}

/**
 * Put a page of Xen's into the guest's physical address space. XENMEM_add_to_physmap, xen/memory.h.
 * @param  space  XENMAPSPACE_...
 * @param  index  page within the space
 * @param  gpfn   frame where it is to appear; what was there is lost to the guest
 */
static inline int hypercall_add_to_physmap(unsigned int space, xen_ulong_t index, xen_pfn_t gpfn)
{
    struct xen_add_to_physmap arg = {
        .domid = DOMID_SELF, .space = space, .idx = index, .gpfn = gpfn};

    return hypercall(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, (uintptr_t)&arg, 0);
}

/** Put another domain's page into the guest's physical address space: one operation, whose own
 *  result is its `status`, GNTST_... GNTTABOP_map_grant_ref, xen/grant_table.h. */
static inline int hypercall_grant_map(struct gnttab_map_grant_ref *op)
{
    return hypercall(__HYPERVISOR_grant_table_op, GNTTABOP_map_grant_ref, (uintptr_t)op, 1);
}

/** Take it out again. One operation with a `status`. GNTTABOP_unmap_grant_ref, xen/grant_table.h. */
static inline int hypercall_grant_unmap(struct gnttab_unmap_grant_ref *op)
{
    return hypercall(__HYPERVISOR_grant_table_op, GNTTABOP_unmap_grant_ref, (uintptr_t)op, 1);
}

/** Copy between two pages, ours and another domain's. One operation with a `status`.
 *  GNTTABOP_copy, xen/grant_table.h. */
static inline int hypercall_grant_copy(struct gnttab_copy *op)
{
    return hypercall(__HYPERVISOR_grant_table_op, GNTTABOP_copy, (uintptr_t)op, 1);
}

/** Read one of the parameters by which the toolstack tells a guest where its pages and ports are.
 *  HVMOP_get_param, xen/hvm/hvm_op.h; xen/hvm/params.h has the indices. */
static inline int hypercall_get_param(uint32_t index, uint64_t *value)
{
    struct xen_hvm_param arg = {.domid = DOMID_SELF, .index = index};
    int rc = hypercall(__HYPERVISOR_hvm_op, HVMOP_get_param, (uintptr_t)&arg, 0);

    if (rc == 0)
        *value = arg.value;
    return rc;
}

/** Xen's version: major in bits 31-16, minor in 15-0. XENVER_version, xen/version.h. */
static inline int hypercall_version(void)
{
    return hypercall(__HYPERVISOR_xen_version, XENVER_version, 0, 0);
}

/** What follows the version, such as ".5-pre", with its NUL. XENVER_extraversion, xen/version.h. */
static inline int hypercall_extraversion(xen_extraversion_t *text)
{
    return hypercall(__HYPERVISOR_xen_version, XENVER_extraversion, (uintptr_t)text, 0);
}

/** Which kinds of guest this Xen runs, such as "xen-3.0-armv7l ", with a NUL.
 *  XENVER_capabilities, xen/version.h. */
static inline int hypercall_capabilities(xen_capabilities_info_t *text)
{
    return hypercall(__HYPERVISOR_xen_version, XENVER_capabilities, (uintptr_t)text, 0);
}

/** The first 32 of the features that this guest has, XENFEAT_... of xen/features.h as bits.
 *  XENVER_get_features, xen/version.h. */
static inline int hypercall_features(uint32_t *bits)
{
    struct xen_feature_info arg = {.submap_idx = 0};
    int rc = hypercall(__HYPERVISOR_xen_version, XENVER_get_features, (uintptr_t)&arg, 0);

    if (rc == 0)
        *bits = arg.submap;
    return rc;
}

/** Frames of the guest's own grant table, and how many it may have.
 *  GNTTABOP_query_size, xen/grant_table.h. */
static inline int hypercall_grant_size(uint32_t *frames, uint32_t *max_frames)
{
    struct gnttab_query_size arg = {.dom = DOMID_SELF};
    int rc = hypercall(__HYPERVISOR_grant_table_op, GNTTABOP_query_size, (uintptr_t)&arg, 1);

    if (rc == 0 && arg.status != GNTST_okay)
        rc = -EPERM;
    if (rc == 0) {
        *frames = arg.nr_frames;
        *max_frames = arg.max_nr_frames;
    }
    return rc;
}

/** End the domain, for a reason SHUTDOWN_... Returns only if Xen refuses.
 *  SCHEDOP_shutdown, xen/sched.h. */
static inline int hypercall_shutdown(unsigned int reason)
{
    struct sched_shutdown arg = {.reason = reason};

    return hypercall(__HYPERVISOR_sched_op, SCHEDOP_shutdown, (uintptr_t)&arg, 0);
}

/** Start (id 0), set anew (an id, seconds) or stop (an id, 0 seconds) one of the domain's watchdogs:
 *  when the seconds have passed, Xen ends the domain with SHUTDOWN_watchdog. @return a new one's id,
 *  1 ..; else 0. SCHEDOP_watchdog, xen/sched.h. */
static inline int hypercall_watchdog(uint32_t id, uint32_t seconds)
{
    struct sched_watchdog arg = {.id = id, .timeout = seconds};

    return hypercall(__HYPERVISOR_sched_op, SCHEDOP_watchdog, (uintptr_t)&arg, 0);
}

#endif
