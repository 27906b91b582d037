/* SPDX-License-Identifier: Apache-2.0
 *
 * Xen's side of a hypercall, with its two-level rules: see fake_xen.h.
 */
#include "tests/host/xen/fake_xen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arch/hypercall.h>
#include <arch/mem.h>

#include "drivers/xen/evtchn.h"
#include "tests/host/xen/fake_os.h"

struct fake_xen fake_xen;

#define PAGES(name, count) static _Alignas(4096) uint8_t name[(count)*4096]
PAGES(window, FAKE_WINDOW_PAGES);
PAGES(store_page, 1);
PAGES(console_page, 1);

static void refuse(const char *what)
{
    fprintf(stderr, "# fake Xen: %s\n", what);
    abort();
}

void fake_xen_reset(void)
{
    memset(&fake_xen, 0, sizeof(fake_xen));
    memset(window, 0, sizeof(window));
    memset(store_page, 0, sizeof(store_page));
    memset(console_page, 0, sizeof(console_page));
    fake_xen.fail_physmap_at = -1;
    fake_xen.shutdown_reason = -1;
    fake_xen.next_port = 3;
    fake_xen.open[FAKE_STORE_PORT] = true;
    fake_xen.open[FAKE_CONSOLE_PORT] = true;
    fake_xen.params[HVM_PARAM_STORE_PFN] = FAKE_STORE_PFN;
    fake_xen.params[HVM_PARAM_STORE_EVTCHN] = FAKE_STORE_PORT;
    fake_xen.params[HVM_PARAM_CONSOLE_PFN] = FAKE_CONSOLE_PFN;
    fake_xen.params[HVM_PARAM_CONSOLE_EVTCHN] = FAKE_CONSOLE_PORT;
    fake_xen.xen = (struct xen){.window_ipa = FAKE_WINDOW_IPA,
                                .window_bytes = sizeof(window),
                                .event_line = 31,
                                .shared = fake_xen_shared()};
}

struct shared_info *fake_xen_shared(void)
{
    return (struct shared_info *)(window + CFG_GNTTAB_FRAMES * 4096);
}

struct grant_entry_v1 *fake_xen_grants(void)
{
    return (struct grant_entry_v1 *)window;
}

struct xenstore_domain_interface *fake_xen_store_page(void)
{
    return (struct xenstore_domain_interface *)store_page;
}

struct xencons_interface *fake_xen_console_page(void)
{
    return (struct xencons_interface *)console_page;
}

/* ---- memory ---- */

void *mem_map(uint64_t ipa, size_t bytes, enum mem_kind kind)
{
    if (kind != MEM_SHARED)
        refuse("M2: memory shared with Xen is not mapped as MEM_SHARED");
    if (ipa == (uint64_t)FAKE_STORE_PFN * 4096 && bytes == 4096)
        return store_page;
    if (ipa == (uint64_t)FAKE_CONSOLE_PFN * 4096 && bytes == 4096)
        return console_page;
    if (ipa >= FAKE_WINDOW_IPA && ipa + bytes <= FAKE_WINDOW_IPA + sizeof(window))
        return window + (ipa - FAKE_WINDOW_IPA);
    return NULL;
}

/* Not the identity, so that a virtual address in a grant shows (fact G3); any page has some frame
 * number. */
uint64_t mem_ipa(const void *inside_image)
{
    return ((uintptr_t)inside_image & 0xffffffu) + 0x43e00000u;
}

/* ---- event channels, as Xen's event_2l.c ---- */

static uint64_t bit(uint32_t port)
{
    return 1ull << (port % 64);
}

bool fake_xen_is_masked(uint32_t port)
{
    return (fake_xen_shared()->evtchn_mask[port / 64] & bit(port)) != 0;
}

bool fake_xen_is_pending(uint32_t port)
{
    return (fake_xen_shared()->evtchn_pending[port / 64] & bit(port)) != 0;
}

static void mark_upcall_pending(void)
{
    struct vcpu_info *vcpu = &fake_xen_shared()->vcpu_info[0];

    if (vcpu->evtchn_upcall_pending != 0)
        return; /* this is what makes fact E3's second half deadly */
    vcpu->evtchn_upcall_pending = 1;
    fake_xen.irq = true;
}

static void select_word(uint32_t port)
{
    uint64_t *sel = &fake_xen_shared()->vcpu_info[0].evtchn_pending_sel;
    bool was_set = (*sel & (1ull << (port / 64))) != 0;

    *sel |= 1ull << (port / 64);
    if (!was_set)
        mark_upcall_pending();
}

void fake_xen_event(uint32_t port)
{
    if (fake_xen_is_pending(port))
        return;
    fake_xen_shared()->evtchn_pending[port / 64] |= bit(port);
    if (!fake_xen_is_masked(port))
        select_word(port);
    fake_xen_interrupts();
}

void fake_xen_interrupts(void)
{
    while (fake_xen.irq && fake_os.started && fake_os.suspended == 0 && !fake_xen.in_irq) {
        fake_xen.irq = false;
        fake_xen.in_irq = true;
        fake_xen.upcalls++;
        evtchn_upcall();
        fake_xen.in_irq = false;
        if (fake_os.run_task && fake_os.activations > 0) {
            fake_os.activations = 0;
            evtchn_pass();
        }
    }
}

static int unmask(uint32_t port)
{
    fake_xen.unmask_calls++;
    if (port >= FAKE_PORTS || !fake_xen.open[port])
        return -EINVAL;
    if (!fake_xen_is_masked(port))
        return 0;
    fake_xen_shared()->evtchn_mask[port / 64] &= ~bit(port);
    if (fake_xen_is_pending(port))
        select_word(port);
    fake_xen_interrupts();
    return 0;
}

static int alloc_unbound(struct evtchn_alloc_unbound *arg)
{
    if (arg->dom != DOMID_SELF)
        return -EPERM;
    if (fake_xen.fail_alloc != 0)
        return fake_xen.fail_alloc;
    fake_xen.open[fake_xen.next_port] = true;
    arg->port = fake_xen.next_port++;
    return 0;
}

static int event_channel_op(uintptr_t cmd, void *arg)
{
    uint32_t port;

    switch (cmd) {
    case EVTCHNOP_send:
        port = ((struct evtchn_send *)arg)->port;
        if (port >= FAKE_PORTS || !fake_xen.open[port])
            return -EINVAL;
        fake_xen.sends[port]++;
        if (fake_xen.on_send != NULL)
            fake_xen.on_send(port);
        return 0;
    case EVTCHNOP_unmask:
        return unmask(((struct evtchn_unmask *)arg)->port);
    case EVTCHNOP_alloc_unbound:
        return alloc_unbound(arg);
    case EVTCHNOP_close:
        port = ((struct evtchn_close *)arg)->port;
        if (port >= FAKE_PORTS || !fake_xen.open[port])
            return -EINVAL;
        fake_xen.open[port] = false;
        return 0;
    default:
        return -ENOSYS;
    }
}

/* ---- the rest ---- */

static int memory_op(uintptr_t cmd, const struct xen_add_to_physmap *arg)
{
    unsigned int call = fake_xen.physmap_calls++;

    if (cmd != XENMEM_add_to_physmap || arg->domid != DOMID_SELF || call >= 8)
        return -EINVAL;
    if (fake_xen.fail_physmap_at == (int)call)
        return -ENOMEM;
    fake_xen.physmap[call].space = arg->space;
    fake_xen.physmap[call].index = arg->idx;
    fake_xen.physmap[call].gpfn = arg->gpfn;
    return 0;
}

static int hvm_op(uintptr_t cmd, struct xen_hvm_param *arg)
{
    if (cmd != HVMOP_get_param || arg->domid != DOMID_SELF || arg->index >= 64)
        return -EINVAL;
    arg->value = fake_xen.params[arg->index];
    return 0;
}

static int version_op(uintptr_t cmd, void *arg)
{
    if (cmd == XENVER_version)
        return (4 << 16) | 17;
    if (cmd != XENVER_extraversion)
        return -ENOSYS;
    memcpy(arg, ".5-pre", 7);
    return 0;
}

int32_t hypercall(uint32_t number, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2)
{
    (void)arg2;
    switch (number) {
    case __HYPERVISOR_event_channel_op:
        return event_channel_op(arg0, (void *)arg1);
    case __HYPERVISOR_memory_op:
        return memory_op(arg0, (const void *)arg1);
    case __HYPERVISOR_hvm_op:
        return hvm_op(arg0, (void *)arg1);
    case __HYPERVISOR_xen_version:
        return version_op(arg0, (void *)arg1);
    case __HYPERVISOR_sched_op:
        if (arg0 == SCHEDOP_shutdown)
            fake_xen.shutdown_reason = (int)((const struct sched_shutdown *)arg1)->reason;
        return 0;
    default:
        refuse("an unknown hypercall");
        return -ENOSYS;
    }
}
