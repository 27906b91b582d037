/* SPDX-License-Identifier: Apache-2.0
 *
 * Event channels: see evtchn.h. Two bitmaps, three levels, and a budget for each name.
 */
#include "drivers/xen/evtchn.h"

#include <string.h>

#include <arch/barrier.h>

#include "drivers/console/console.h"
#include "drivers/xen/hypercall.h"
#include "kernel/arch.h"

/* Xen's 64-bit words are touched as 32-bit halves (low half first, as the CPU is little-endian): a
 * port's bit lies in one half, and 32 bits is what the CPU exchanges in one instruction pair (facts
 * E4, M3). */
#define HALF_BITS  32u
#define WORDS      (CFG_EVTCHN_PORTS / 64u)
#define SEL_HALVES ((WORDS + HALF_BITS - 1) / HALF_BITS)
#define ALL_HALVES (4096u / HALF_BITS)

/* A name that is in use. Names are kept by rank: the higher the rank, the earlier in a pass. */
struct binding {
    void (*handler)(void);
    uint32_t left; /* handler calls until the budget is spent; also counts them, with: */
    uint32_t base; /* calls so far + left */
    uint32_t port; /* 0: not bound */
    uint32_t early;
    uint32_t throttled;
};

static struct {
    uint8_t *upcall_pending;
    uint32_t *sel;     /* one bit for each 64-bit word below */
    uint32_t *pending; /* one bit a port */
    uint32_t *mask;
    struct binding bindings[CFG_EVTCHN_COUNT]; /* by rank */
    uint8_t rank_of_name[CFG_EVTCHN_COUNT];
    uint8_t rank_of_port[CFG_EVTCHN_PORTS]; /* rank + 1; 0: no name */
    bool pass_wanted;                       /* CFG_EVTCHN_TASK is activated */
    uint32_t strays;
    uint32_t held; /* by rank, one bit each: evtchn_mask() */
} evtchn;

/* CFG_REPORT only, and else not linked. */
static struct {
    struct {
        uint32_t again;
        uint32_t worst_count;
    } ranks[CFG_EVTCHN_COUNT];
    uint32_t worst_upcall;
} measured;

static bool test(const uint32_t *bits, uint32_t port)
{
    uint32_t half = __atomic_load_n(&bits[port / HALF_BITS], __ATOMIC_RELAXED);

    return (half & (1u << port % HALF_BITS)) != 0;
}

static void set(uint32_t *bits, uint32_t port)
{
    __atomic_fetch_or(&bits[port / HALF_BITS], 1u << port % HALF_BITS, __ATOMIC_SEQ_CST);
}

static void clear(uint32_t *bits, uint32_t port)
{
    __atomic_fetch_and(&bits[port / HALF_BITS], ~(1u << port % HALF_BITS), __ATOMIC_SEQ_CST);
}

/* Fact E3: Xen looks at a port only when an event comes, or in this hypercall, and there only if
 * the mask is set. */
static void unmask(uint32_t port)
{
    int rc;

    clear(evtchn.mask, port);
    if (!test(evtchn.pending, port))
        return;
    set(evtchn.mask, port);
    rc = hypercall_evtchn_unmask(port);
    if (rc != 0) /* Xen has closed it: nobody else would tell why its driver waits for ever */
        printk("evtchn: Xen does not unmask port %u (error %d): no more events of it. "
               "Restart the domain\n",
               (unsigned int)port, rc);
}

static void nobody(void)
{
    evtchn.strays++;
}

static struct binding *binding_of(unsigned int name)
{
    return name < CFG_EVTCHN_COUNT ? &evtchn.bindings[evtchn.rank_of_name[name]] : NULL;
}

/* The rank is how many names come later in a pass. */
static uint8_t rank(unsigned int name)
{
    uint8_t later = 0;

    for (unsigned int other = 0; other < CFG_EVTCHN_COUNT; other++) {
        if (cfg_evtchn[other].prio < cfg_evtchn[name].prio ||
            (other > name && cfg_evtchn[other].prio == cfg_evtchn[name].prio))
            later++;
    }
    return later;
}

_Static_assert(VIRQ_DEBUG == 1, "tools/oilc/model.h");

static void bind_virq(unsigned int name, uint32_t virq)
{
    evtchn_port_t port = 0;

    if (hypercall_evtchn_bind_virq(virq, &port) == 0 && evtchn_bind(name, port) != 0)
        (void)hypercall_evtchn_close(port);
}

/* A name whose port need not be asked for at run time. */
static void bind_known(unsigned int name)
{
    if (cfg_evtchn[name].port != 0)
        (void)evtchn_bind(name, cfg_evtchn[name].port); /* oilc has checked the numbers */
    if (CFG_HAS_VIRQS && cfg_evtchn[name].virq != 0)
        bind_virq(name, cfg_evtchn[name].virq);
}

void evtchn_init(const struct xen *xen)
{
    struct shared_info *shared = xen->shared;

    memset(&evtchn, 0, sizeof(evtchn));
    if (CFG_REPORT)
        memset(&measured, 0, sizeof(measured));
    evtchn.upcall_pending = &shared->vcpu_info[0].evtchn_upcall_pending;
    evtchn.sel = (uint32_t *)&shared->vcpu_info[0].evtchn_pending_sel;
    evtchn.pending = (uint32_t *)shared->evtchn_pending;
    evtchn.mask = (uint32_t *)shared->evtchn_mask;
    for (unsigned int half = 0; half < ALL_HALVES; half++)
        __atomic_store_n(&evtchn.mask[half], UINT32_MAX, __ATOMIC_SEQ_CST); /* fact E1 */
    for (unsigned int name = 0; name < CFG_EVTCHN_COUNT; name++) {
        evtchn.rank_of_name[name] = rank(name);
        binding_of(name)->handler = nobody;
    }
    for (unsigned int name = 0; name < CFG_EVTCHN_COUNT; name++)
        bind_known(name);
}

/* Without its task a storm is let through: better a slow system than an event that never comes. */
static bool is_pass_coming(void)
{
    if (!evtchn.pass_wanted)
        evtchn.pass_wanted = ActivateTask(CFG_EVTCHN_TASK) == E_OK;
    return evtchn.pass_wanted;
}

static void give_budget(struct binding *binding)
{
    binding->base += CFG_EVTCHN_BUDGET - binding->left;
    binding->left = CFG_EVTCHN_BUDGET;
}

/* The last call of the budget, or one more: then the event goes back to where it came from, behind
 * the mask. */
static bool is_throttled(struct binding *binding)
{
    bool is_coming = is_pass_coming();

    if (binding->left == 0)
        return false;
    binding->left++; /* it was below zero */
    if (!is_coming) {
        binding->base++; /* one more than was given */
        return false;
    }
    binding->throttled++;
    if (binding->port != 0) { /* else a handler earlier in this pass unbound it */
        set(evtchn.mask, binding->port);
        set(evtchn.pending, binding->port);
    }
    return true;
}

/* The time since `begin`, if it is the longest. */
static void note_time(uint32_t *worst, uint64_t begin)
{
    const uint64_t count = arch_timer_count() - begin;

    if (count > *worst)
        *worst = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

static void handle(uint32_t rank, const struct binding *binding)
{
    uint64_t begin;

    if (!CFG_REPORT) {
        binding->handler();
        return;
    }
    begin = arch_timer_count();
    binding->handler();
    note_time(&measured.ranks[rank].worst_count, begin);
    if (binding->port != 0 && test(evtchn.pending, binding->port))
        measured.ranks[rank].again++;
}

static void run(uint32_t due)
{
    while (due != 0) {
        uint32_t top = HALF_BITS - 1 - (uint32_t)__builtin_clz(due);
        struct binding *binding = &evtchn.bindings[top];

        due &= ~(1u << top);
        binding->left--;
        if (CFG_HAS_EVTCHN_TASK && (int32_t)binding->left <= 0 && is_throttled(binding))
            continue;
        handle(top, binding);
    }
}

/* Take what is pending in one half-word: which ranks does it make due? */
static uint32_t take(uint32_t half)
{
    uint32_t ports = __atomic_load_n(&evtchn.pending[half], __ATOMIC_RELAXED) &
                     ~__atomic_load_n(&evtchn.mask[half], __ATOMIC_RELAXED);
    uint32_t due = 0;

    if (ports == 0)
        return 0;
    /* Before the handlers run (fact E2): an event that comes while they do must be a new one. The
     * barrier behind it pairs with the sender's, between its data and its event. */
    __atomic_fetch_and(&evtchn.pending[half], ~ports, __ATOMIC_ACQUIRE);
    while (ports != 0) {
        uint32_t bit = HALF_BITS - 1 - (uint32_t)__builtin_clz(ports);
        uint32_t rank_plus_1 = evtchn.rank_of_port[half * HALF_BITS + bit];

        ports &= ~(1u << bit);
        if (rank_plus_1 != 0)
            due |= 1u << (rank_plus_1 - 1);
        else
            nobody();
    }
    return due;
}

/* What the selector's words first, first + 1 ... make due. Words are few: a loop over all folds
 * away for one. */
static uint32_t scan(uint32_t sel, uint32_t first)
{
    uint32_t count = WORDS - first < HALF_BITS ? WORDS - first : HALF_BITS;
    uint32_t due = 0;

    for (uint32_t word = 0; word < count; word++) {
        if ((sel & (1u << word)) == 0)
            continue;
        for (uint32_t half = 0; half < 2; half++)
            due |= take(2 * (first + word) + half);
    }
    if (count < HALF_BITS && sel >> count != 0)
        nobody();
    return due;
}

void evtchn_upcall(void)
{
    const uint64_t begin = CFG_REPORT ? arch_timer_count() : 0;
    uint32_t due = 0;

    __atomic_store_n(evtchn.upcall_pending, 0, __ATOMIC_RELAXED);
    smp_mb(); /* fact E2: else we could miss a selector bit, and Xen find the byte still set */
    for (uint32_t i = 0; i < SEL_HALVES; i++)
        due |= scan(__atomic_exchange_n(&evtchn.sel[i], 0, __ATOMIC_ACQUIRE), i * HALF_BITS);
    run(due);
    if (CFG_REPORT)
        note_time(&measured.worst_upcall, begin);
}

static bool is_let_through(unsigned int rank)
{
    return evtchn.bindings[rank].port != 0 && (evtchn.held & (1u << rank)) == 0;
}

void evtchn_pass(void)
{
    evtchn.pass_wanted = false; /* first: what is spent from here on is for the next pass */
    for (unsigned int i = 0; i < CFG_EVTCHN_COUNT; i++) {
        struct binding *binding = &evtchn.bindings[i];

        SuspendAllInterrupts();
        give_budget(binding);
        if (is_let_through(i) && test(evtchn.mask, binding->port))
            unmask(binding->port);
        ResumeAllInterrupts();
    }
}

int evtchn_bind(unsigned int name, uint32_t port)
{
    struct binding *binding = binding_of(name);
    int rc = 0;

    if (binding == NULL)
        return -EINVAL;
    if (cfg_evtchn[name].handler == NULL)
        return -ENOENT;
    if (port == 0 || port >= CFG_EVTCHN_PORTS)
        return -ENOSPC;
    SuspendAllInterrupts();
    if (binding->port != 0 || evtchn.rank_of_port[port] != 0) {
        rc = -EBUSY;
    } else {
        binding->handler = cfg_evtchn[name].handler;
        give_budget(binding);
        binding->early += test(evtchn.pending, port) ? 1 : 0; /* fact E6 */
        binding->port = port;
        evtchn.rank_of_port[port] = (uint8_t)(evtchn.rank_of_name[name] + 1u);
        unmask(port);
    }
    ResumeAllInterrupts();
    return rc;
}

void evtchn_unbind(unsigned int name)
{
    struct binding *binding = binding_of(name);

    SuspendAllInterrupts();
    if (binding != NULL && binding->port != 0) {
        set(evtchn.mask, binding->port);
        evtchn.held &= ~(1u << evtchn.rank_of_name[name]);
        evtchn.rank_of_port[binding->port] = 0;
        binding->port = 0;
        binding->handler = nobody; /* it may be due in a pass that we interrupt */
    }
    ResumeAllInterrupts();
}

/* A new port, or why there is none. */
static int usable(int rc, evtchn_port_t port)
{
    if (rc != 0)
        return rc;
    if (port >= CFG_EVTCHN_PORTS) {
        (void)hypercall_evtchn_close(port);
        return -ENOSPC;
    }
    return (int)port;
}

int evtchn_alloc_unbound(uint16_t remote)
{
    evtchn_port_t port = 0;
    int rc = hypercall_evtchn_alloc_unbound(remote, &port);

    return usable(rc, port);
}

int evtchn_bind_interdomain(uint16_t remote, uint32_t remote_port)
{
    evtchn_port_t port = 0;
    int rc = hypercall_evtchn_bind_interdomain(remote, remote_port, &port);

    return usable(rc, port);
}

int evtchn_close(uint32_t port)
{
    int rc;

    if (port == 0 || port >= CFG_EVTCHN_PORTS)
        return -EINVAL;
    if (evtchn.rank_of_port[port] != 0)
        return -EBUSY;
    rc = hypercall_evtchn_close(port);
    /* Fact E6: the number's next use starts clean, and masked like all that are not bound. */
    if (rc == 0)
        clear(evtchn.pending, port);
    return rc;
}

int evtchn_send(unsigned int name)
{
    const struct binding *binding = binding_of(name);

    if (binding == NULL || binding->port == 0)
        return -ENOTCONN;
    return hypercall_evtchn_send(binding->port);
}

void evtchn_raise(unsigned int name)
{
    const struct binding *binding = binding_of(name);

    SuspendAllInterrupts();
    if (binding != NULL && binding->port != 0) {
        bool was_masked = test(evtchn.mask, binding->port);

        set(evtchn.pending, binding->port);
        if (!was_masked) /* else who unmasks it delivers it */
            unmask(binding->port);
    }
    ResumeAllInterrupts();
}

void evtchn_mask(unsigned int name)
{
    const struct binding *binding = binding_of(name);

    SuspendAllInterrupts();
    if (binding != NULL && binding->port != 0) {
        evtchn.held |= 1u << evtchn.rank_of_name[name];
        set(evtchn.mask, binding->port);
    }
    ResumeAllInterrupts();
}

/* Its port is masked, and evtchn_pass() is on its way to it. */
static bool is_spent(const struct binding *binding)
{
    return CFG_HAS_EVTCHN_TASK && binding->left == 0 && evtchn.pass_wanted;
}

void evtchn_unmask(unsigned int name)
{
    const struct binding *binding = binding_of(name);

    SuspendAllInterrupts();
    if (binding != NULL && (evtchn.held & (1u << evtchn.rank_of_name[name])) != 0) {
        evtchn.held &= ~(1u << evtchn.rank_of_name[name]);
        if (!is_spent(binding)) /* else evtchn_pass() unmasks it */
            unmask(binding->port);
    }
    ResumeAllInterrupts();
}

int evtchn_status(unsigned int name, struct evtchn_status *status)
{
    const struct binding *binding = binding_of(name);

    if (binding == NULL || binding->port == 0)
        return -ENOTCONN;
    return hypercall_evtchn_status(binding->port, status);
}

bool evtchn_stats(unsigned int name, struct evtchn_stats *stats)
{
    const struct binding *binding = binding_of(name);

    if (binding == NULL)
        return false;
    *stats = (struct evtchn_stats){.received = binding->base - binding->left,
                                   .early = binding->early,
                                   .throttled = binding->throttled};
    if (CFG_REPORT) {
        stats->again = measured.ranks[evtchn.rank_of_name[name]].again;
        stats->worst_count = measured.ranks[evtchn.rank_of_name[name]].worst_count;
    }
    return true;
}

uint32_t evtchn_strays(void)
{
    return evtchn.strays;
}

uint32_t evtchn_worst_upcall(void)
{
    return CFG_REPORT ? measured.worst_upcall : 0;
}
