/* SPDX-License-Identifier: Apache-2.0
 *
 * Xen's side of a hypercall, with its two-level rules: see fake_xen.h.
 */
#include "tests/host/xen/fake_xen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

/* ---- dom0's pages ---- */

static uint8_t *foreign; /* dom0's view */
static int foreign_file = -1;

static void show(void *at, size_t pages, int protection, off_t ref)
{
    if (mmap(at, pages * 4096, protection, MAP_SHARED | MAP_FIXED, foreign_file, ref * 4096) ==
        MAP_FAILED)
        refuse("no memory");
}

static uint8_t *slot_at(unsigned int slot)
{
    return window + (CFG_GNTTAB_FRAMES + 1u + slot) * 4096;
}

static void show_slots(int protection)
{
    for (unsigned int slot = 0; slot < CFG_GNTMAP_SLOTS; slot++)
        show(slot_at(slot), 1, protection, 0);
}

/* The leak checker reads all variables, the window among them. */
static void show_at_exit(void)
{
    show_slots(PROT_READ);
}

static void reset_foreign(void)
{
    if (foreign_file < 0) {
        (void)atexit(show_at_exit);
        foreign_file = memfd_create("foreign", 0);
        if (ftruncate(foreign_file, FAKE_FOREIGN_REFS * 4096) != 0)
            refuse("no memory");
        foreign = mmap(NULL, FAKE_FOREIGN_REFS * 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
                       foreign_file, 0);
    }
    memset(foreign, 0, FAKE_FOREIGN_REFS * 4096);
    show_slots(PROT_NONE);
}

void *fake_xen_foreign(uint32_t ref)
{
    return foreign + ref * 4096;
}

void fake_xen_reset(void)
{
    memset(&fake_xen, 0, sizeof(fake_xen));
    memset(window, 0, (CFG_GNTTAB_FRAMES + 1) * 4096);
    memset(store_page, 0, sizeof(store_page));
    memset(console_page, 0, sizeof(console_page));
    reset_foreign();
    fake_xen.fail_physmap_at = -1;
    fake_xen.shutdown_reason = -1;
    fake_xen.next_port = 3;
    fake_xen.capabilities = "xen-3.0-aarch64 xen-3.0-armv7l ";
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

static uintptr_t image_top; /* what mem_ipa() cuts off, for the way back */

/* Not the identity, so that a virtual address in a grant shows (fact G3); any page has some frame
 * number. */
uint64_t mem_ipa(const void *inside_image)
{
    image_top = (uintptr_t)inside_image & ~(uintptr_t)0xffffff;
    fake_xen.lent_page = inside_image;
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
    const uint64_t word = 1ull << (port / 64);

    if ((__atomic_fetch_or(sel, word, __ATOMIC_SEQ_CST) & word) == 0)
        mark_upcall_pending();
}

void fake_xen_event(uint32_t port)
{
    if (fake_xen.before_event != NULL)
        fake_xen.before_event();
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
        if (fake_xen.after_upcall != NULL)
            fake_xen.after_upcall();
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
    arg->port = fake_xen.next_port;
    while (fake_xen.open[arg->port])
        arg->port++;
    fake_xen.open[arg->port] = true;
    return 0;
}

/* Xen makes the new port pending: the other end may have sent before. */
static int bind_interdomain(struct evtchn_bind_interdomain *arg)
{
    if (fake_xen.fail_alloc != 0)
        return fake_xen.fail_alloc;
    fake_xen.open[fake_xen.next_port] = true;
    fake_xen.remote_port[fake_xen.next_port] = arg->remote_port;
    arg->local_port = fake_xen.next_port++;
    if (arg->local_port < 64 * 64)
        fake_xen_event(arg->local_port);
    return 0;
}

static int bind_virq(struct evtchn_bind_virq *arg)
{
    if (arg->virq >= FAKE_VIRQS || arg->vcpu != 0)
        return -EINVAL;
    if (fake_xen.virq_port[arg->virq] != 0)
        return -EEXIST;
    if (fake_xen.fail_alloc != 0)
        return fake_xen.fail_alloc;
    fake_xen.open[fake_xen.next_port] = true;
    fake_xen.virq_port[arg->virq] = fake_xen.next_port;
    arg->port = fake_xen.next_port++;
    return 0;
}

static int port_status(struct evtchn_status *arg)
{
    if (arg->dom != DOMID_SELF || arg->port >= FAKE_PORTS)
        return -EINVAL;
    arg->status = fake_xen.open[arg->port] ? EVTCHNSTAT_unbound : EVTCHNSTAT_closed;
    if (fake_xen.remote_port[arg->port] != 0) {
        arg->status = EVTCHNSTAT_interdomain;
        arg->u.interdomain.port = fake_xen.remote_port[arg->port];
    }
    for (uint32_t virq = 0; virq < FAKE_VIRQS; virq++) {
        if (arg->port != 0 && fake_xen.virq_port[virq] == arg->port) {
            arg->status = EVTCHNSTAT_virq;
            arg->u.virq = virq;
        }
    }
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
    case EVTCHNOP_bind_interdomain:
        return bind_interdomain(arg);
    case EVTCHNOP_bind_virq:
        return bind_virq(arg);
    case EVTCHNOP_status:
        return port_status(arg);
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

/* ---- grants ---- */

/* Xen's own order: first whom and what, then whether it may be written to. */
static int16_t check(uint32_t ref, domid_t domid, bool to_write)
{
    if (domid != 0)
        return domid == 9 ? GNTST_bad_domain : GNTST_permission_denied; /* SILO, fact E5 */
    if (ref >= FAKE_FOREIGN_REFS)
        return GNTST_bad_gntref;
    if (!fake_xen.foreign[ref].lent || (to_write && fake_xen.foreign[ref].readonly))
        return GNTST_general_error;
    return GNTST_okay;
}

static unsigned int slot_of(uint64_t ipa)
{
    uint64_t first = FAKE_WINDOW_IPA + (CFG_GNTTAB_FRAMES + 1u) * 4096;

    if (ipa < first || ipa >= first + CFG_GNTMAP_SLOTS * 4096 || ipa % 4096 != 0)
        refuse("a foreign page would replace another");
    return (unsigned int)((ipa - first) / 4096);
}

static int16_t map_grant(struct gnttab_map_grant_ref *op)
{
    bool readonly = (op->flags & GNTMAP_readonly) != 0;
    int16_t status = check(op->ref, op->dom, !readonly);

    if ((op->flags & ~(uint32_t)GNTMAP_readonly) != GNTMAP_host_map)
        refuse("ARM maps by host_addr only");
    if (status != GNTST_okay)
        return status;
    show(slot_at(slot_of(op->host_addr)), 1, readonly ? PROT_READ : PROT_READ | PROT_WRITE,
         op->ref);
    fake_xen.foreign[op->ref].mapped++;
    op->handle = op->ref + 100 * slot_of(op->host_addr); /* says which ref is where */
    return GNTST_okay;
}

static int16_t unmap_grant(const struct gnttab_unmap_grant_ref *op)
{
    uint32_t ref = op->handle % 100;

    if (op->dev_bus_addr != 0 || ref >= FAKE_FOREIGN_REFS || fake_xen.foreign[ref].mapped == 0 ||
        op->handle / 100 != slot_of(op->host_addr))
        refuse("unmap of what is not mapped");
    show(slot_at(slot_of(op->host_addr)), 1, PROT_NONE, 0);
    fake_xen.foreign[ref].mapped--;
    return GNTST_okay;
}

static uint8_t *own(const struct gnttab_copy_ptr *at)
{
    if (at->domid != DOMID_SELF)
        refuse("a copy between two other domains");
    return (uint8_t *)(image_top | ((at->u.gmfn * 4096 - 0x43e00000u) & 0xffffff)) + at->offset;
}

static int16_t copy_grant(const struct gnttab_copy *op)
{
    bool is_write = op->flags == GNTCOPY_dest_gref;
    const struct gnttab_copy_ptr *theirs = is_write ? &op->dest : &op->source;
    int16_t status = check(theirs->u.ref, theirs->domid, is_write);
    uint8_t *page = (uint8_t *)fake_xen_foreign(theirs->u.ref % FAKE_FOREIGN_REFS) + theirs->offset;

    if (op->source.offset + op->len > 4096 || op->dest.offset + op->len > 4096)
        return GNTST_bad_copy_arg;
    if (status == GNTST_okay && is_write)
        memcpy(page, own(&op->source), op->len);
    else if (status == GNTST_okay)
        memcpy(own(&op->dest), page, op->len);
    return status;
}

static int grant_table_op(uintptr_t cmd, void *arg, uintptr_t count)
{
    bool fails =
        (fake_xen.fail_grant != 0 || fake_xen.fail_status != 0) && fake_xen.fail_after-- == 0;

    if (count != 1)
        refuse("more than one operation");
    if (fails && fake_xen.fail_grant != 0)
        return fake_xen.fail_grant;
    switch (cmd) {
    case GNTTABOP_map_grant_ref: {
        struct gnttab_map_grant_ref *op = arg;

        op->status = fails ? fake_xen.fail_status : map_grant(op);
        return 0;
    }
    case GNTTABOP_unmap_grant_ref: {
        struct gnttab_unmap_grant_ref *op = arg;

        op->status = fails ? fake_xen.fail_status : unmap_grant(op);
        return 0;
    }
    case GNTTABOP_copy: {
        struct gnttab_copy *op = arg;

        op->status = fails ? fake_xen.fail_status : copy_grant(op);
        return 0;
    }
    case GNTTABOP_query_size: {
        struct gnttab_query_size *op = arg;

        op->status = fake_xen.query_status;
        op->nr_frames = CFG_GNTTAB_FRAMES;
        op->max_nr_frames = 64;
        return 0;
    }
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
    switch (cmd) {
    case XENVER_version:
        return (4 << 16) | 17;
    case XENVER_extraversion:
        memcpy(arg, ".5-pre", 7);
        return 0;
    case XENVER_capabilities: /* all of it, as Xen does */
        memset(arg, 0, sizeof(xen_capabilities_info_t));
        memcpy(arg, fake_xen.capabilities, strlen(fake_xen.capabilities));
        return 0;
    case XENVER_get_features:
        if (((struct xen_feature_info *)arg)->submap_idx != 0)
            return -EINVAL;
        ((struct xen_feature_info *)arg)->submap = 1u << XENFEAT_not_direct_mapped;
        return 0;
    default:
        return -ENOSYS;
    }
}

/* A new one for id 0, as sched/core.c. */
static int watchdog_op(const struct sched_watchdog *arg)
{
    uint32_t index = arg->id - 1;

    for (uint32_t i = 0; arg->id == 0 && i < FAKE_WATCHDOGS && index >= FAKE_WATCHDOGS; i++)
        index = fake_xen.watchdogs[i].in_use ? index : i;
    if (index >= FAKE_WATCHDOGS)
        return arg->id == 0 ? -ENOSPC : -EINVAL;
    if (arg->id != 0 && !fake_xen.watchdogs[index].in_use)
        return -EINVAL;
    fake_xen.watchdogs[index].in_use = arg->id == 0 || arg->timeout != 0;
    fake_xen.watchdogs[index].seconds = arg->timeout;
    fake_xen.watchdogs[index].given++;
    return arg->id == 0 ? (int)index + 1 : 0;
}

static int sched_op(uintptr_t cmd, const void *arg)
{
    if (cmd == SCHEDOP_watchdog)
        return watchdog_op(arg);
    if (cmd == SCHEDOP_shutdown)
        fake_xen.shutdown_reason = (int)((const struct sched_shutdown *)arg)->reason;
    return 0;
}

int32_t hypercall(uint32_t number, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2)
{
    int refused = fake_xen.refusal != NULL ? fake_xen.refusal(number, arg0) : 0;

    if (refused != 0)
        return refused;
    switch (number) {
    case __HYPERVISOR_event_channel_op:
        return event_channel_op(arg0, (void *)arg1);
    case __HYPERVISOR_grant_table_op:
        return grant_table_op(arg0, (void *)arg1, arg2);
    case __HYPERVISOR_memory_op:
        return memory_op(arg0, (const void *)arg1);
    case __HYPERVISOR_hvm_op:
        return hvm_op(arg0, (void *)arg1);
    case __HYPERVISOR_xen_version:
        return version_op(arg0, (void *)arg1);
    case __HYPERVISOR_sched_op:
        return sched_op(arg0, (const void *)arg1);
    default:
        refuse("an unknown hypercall");
        return -ENOSYS;
    }
}
