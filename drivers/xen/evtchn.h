/* SPDX-License-Identifier: Apache-2.0
 *
 * Event channels: Xen's interrupts between domains. A channel has a port number at each end;
 * sending an event sets the other end's pending bit in its shared_info page and, if the port is not
 * masked, raises its one event interrupt. Events are not counted: two before the handler runs are
 * one. An interrupt is therefore a hint to look at the memory that one shares, never a message.
 *
 * Here a port leads to a name, and a name to a handler: names and handlers are decided in OIL,
 * ports become known only at run time. cfg_evtchn[] (os_cfg.c) says what a name does, evtchn_bind()
 * says which port it is.
 *
 * Handlers are bodies of category 2 interrupts: any port's handler may call what an ISR2 may. All
 * ports share one interrupt, so handlers do not interrupt each other; in one pass the higher
 * priority goes first. Interrupts of a higher level (timer, devices) do interrupt them.
 *
 * A storm, of an end that sends without pause, must not keep tasks from running: each name has a
 * budget of CFG_EVTCHN_BUDGET calls. When it is spent, the task CFG_EVTCHN_TASK is activated, and
 * if the name's port fires again before that task has run evtchn_pass(), the port alone is masked
 * until it does. So between two runs of that task the tasks above it lose at most names x budget
 * handler calls, other ports are not held up, and nothing is lost: a masked port stays pending.
 * Give the task the lowest priority that should not be starved, and ACTIVATION = 2: it may be
 * wanted again at the moment when it ends.
 *
 * Source: xen/xen.h (struct shared_info), xen/event_channel.h. Facts E1-E6, M3.
 */
#ifndef XEN_EVTCHN_H
#define XEN_EVTCHN_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/config.h"
#include "drivers/xen/xen.h"

/*
 * In os_cfg.h, the names, 0 .. CFG_EVTCHN_COUNT - 1; these two are always there:
 *     enum { EVTCHN_CONSOLE, EVTCHN_XENSTORE, EVTCHN_PINS };
 *     #define CFG_EVTCHN_COUNT 3u
 * In os_cfg.c, what they do:
 *     const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
 *         [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 1}, ...
 *     };
 * For an action other than an ISR2 of the application or a driver, the handler is one line in
 * os_cfg.c:
 *     static void evtchn_PINS(void) { (void)ActivateTask(PinTask); }
 * An application that has no names of its own needs neither: config.h and evtchn_names.c.
 */
struct evtchn_cfg {
    void (*handler)(void); /* NULL: the application does not use this name */
    uint8_t prio;          /* in one pass a higher one goes first; equal ones in the names' order */
    /* Not 0: Xen's device tree connects this port to another domain's (Xen's docs/misc/arm/device-tree/booting.txt,
     * "xen,evtchn"), and evtchn_init() binds it. If it does not, evtchn_send() returns -EINVAL. One end
     * finds an event pending at its start, which nobody has sent: Xen makes it when it connects the ports. */
    uint16_t port;
    /* Not 0: a VIRQ_... of xen/xen.h, an event of Xen itself (VIRQ_DEBUG: `xl debug-keys q`); evtchn_init() binds it
     * to a new port. If Xen refuses, the name stays unbound. */
    uint8_t virq;
};
extern const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT];
extern const char *const cfg_evtchn_names[CFG_EVTCHN_COUNT]; /* as in OIL; CFG_REPORT only */

/**
 * Prepare the layer and mask all ports: shared_info comes zeroed, with every port unmasked (fact
 * E1). Then bind the names whose port the configuration or Xen itself knows. Before this call the
 * functions below must not be called. Context: before StartOS, once.
 */
void evtchn_init(const struct xen *xen);

/**
 * The handler of the event interrupt: irq_bind(xen.event_line, evtchn_upcall, level, IRQ_ISR2),
 * where level is the highest of any ISR2 bound to a port. Bounded: each pending port once.
 */
void evtchn_upcall(void);

/** End of a storm: new budgets for all names, and unmask the ports that had none left. The body of
 *  the task CFG_EVTCHN_TASK, followed by TerminateTask(). Context: task. */
void evtchn_pass(void);

/**
 * Let a port lead to a name's handler, and unmask it. An event that came earlier (fact E6), as the
 * first one of a port from an HVM parameter often did (fact E1), is delivered now.
 * @return 0; -EINVAL: no such name; -ENOENT: the application has no handler for it; -ENOSPC: the
 *         port is 0 or not below CFG_EVTCHN_PORTS; -EBUSY: the name or the port is bound already
 * Context: task, ISR2, before StartOS.
 */
int evtchn_bind(unsigned int name, uint32_t port);

/** Mask the name's port and forget the binding; the port stays open. The handler is not called
 *  again. No effect if the name is not bound. Context: task, ISR2, before StartOS. */
void evtchn_unbind(unsigned int name);

/**
 * Get a new port, masked, to which the domain `remote` (0: dom0) can connect; tell it the number by
 * xenstore.
 * @return the port, 1 ..; -ENOSPC: none is free, or none below CFG_EVTCHN_PORTS; Xen's error
 * Context: task, ISR2, before StartOS.
 */
int evtchn_alloc_unbound(uint16_t remote);

/**
 * Connect to a port that the domain `remote` (0: dom0) has allocated for this one: the other end of
 * its evtchn_alloc_unbound(). The new port is masked; as soon as a name is bound to it its handler
 * runs once, because the other end may have sent before.
 * @return the port, 1 ..; -EINVAL: no such port there, taken, or not for us, as always with another
 *         guest under Debian's Xen (fact E5); -ESRCH: no such domain; -ENOSPC as above; Xen's error
 * Context: task, ISR2, before StartOS.
 */
int evtchn_bind_interdomain(uint16_t remote, uint32_t remote_port);

/** Give a port back that no name is bound to. The other end is disconnected. @return 0; -EBUSY:
 *  bound; -EINVAL: no such port; Xen's error. Context: task, ISR2, before StartOS. */
int evtchn_close(uint32_t port);

/** evtchn_alloc_unbound() and evtchn_bind(): a new channel for the name, to which `remote` can connect. @return the
 *  port, or the error of either; then there is no new port. Context: as theirs. */
int evtchn_open(unsigned int name, uint16_t remote);

/** evtchn_bind_interdomain() and evtchn_bind(), in the same way. */
int evtchn_connect(unsigned int name, uint16_t remote, uint32_t remote_port);

/** The end of either: evtchn_unbind() and evtchn_close(). Context: as theirs. */
void evtchn_disconnect(unsigned int name, uint32_t port);

/** Send an event to the other end. @return 0; -ENOTCONN: the name is not bound; Xen's error
 *  (-EINVAL: the port was closed). No error if nobody listens at the other end. Context: any. */
int evtchn_send(unsigned int name);

/** Make the name's own handler run, in its ISR2, soon, as if the other end had sent an event: the
 *  way to hand work from a task, another ISR2 or an alarm's callback into the one context that a
 *  driver's state belongs to. No effect if the name is not bound. Context: any but the name's own
 *  handler (there it only makes it run once more). */
void evtchn_raise(unsigned int name);

/** Hold the name's events back for as long as one likes: its handler is not called any more (but for
 *  a call that is due already), and all that comes meanwhile is one event when evtchn_unmask() lets
 *  it through. Does not nest. No effect if the name is not bound; evtchn_bind() begins unmasked.
 *  Context: task, ISR2, before StartOS. */
void evtchn_mask(unsigned int name);

/** End of evtchn_mask(). No effect without it. Context: task, ISR2, before StartOS. */
void evtchn_unmask(unsigned int name);

struct evtchn_status; /* xen/event_channel.h, by drivers/xen/abi.h */

/** What Xen says of the port that the name is bound to: which number it has, whether the other end
 *  is there, and who that is. One hypercall. @return 0; -ENOTCONN: the name is not bound; Xen's
 *  error. Context: any. */
int evtchn_status(unsigned int name, struct evtchn_status *status);

/**
 * What has happened; counts wrap.
 *
 * Events that were coalesced are not among it: Xen merges what comes while a port's bit is set, and
 * the guest cannot see that. Only the sender can tell, who knows how many it has sent: all that were
 * not received. What the guest can see is `again`: how often one at least came while its handler
 * ran. Where that is 0, the handler is faster than the sender.
 */
struct evtchn_stats {
    uint32_t received;  /* handler calls */
    uint32_t early;     /* events that had come before evtchn_bind() */
    uint32_t throttled; /* times the port was masked because its budget was spent */
    /* With CFG_REPORT only, else 0: */
    uint32_t again;       /* times the port was pending again when its handler had run */
    uint32_t worst_count; /* the longest handler call, in counts of arch_timer_count(); interrupts
                             of higher levels, and whatever else held the CPU up, included */
};

/** A name's counts. @return false: no such name. Context: any. */
bool evtchn_stats(unsigned int name, struct evtchn_stats *stats);

/** The longest evtchn_upcall() so far, all handlers of that pass together, in counts of
 *  arch_timer_count(): what an event may have to wait for others. With CFG_REPORT only, else 0.
 *  Context: any. */
uint32_t evtchn_worst_upcall(void);

/** Events that came unmasked for a port that no name is bound to, or above CFG_EVTCHN_PORTS (fact
 *  E6). They can only come of a mistake: unbound ports are masked. Context: any. */
uint32_t evtchn_strays(void);

#endif
