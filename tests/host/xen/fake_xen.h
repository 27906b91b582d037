/* SPDX-License-Identifier: Apache-2.0
 *
 * A Xen for unit tests: hypercall() is answered here, by the rules of Xen's own code for event
 * channels (two-level), grant tables and guest memory, on one page of shared_info. What a driver
 * must not do ends the program.
 */
#ifndef FAKE_XEN_H
#define FAKE_XEN_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/abi.h"
#include "drivers/xen/config.h"
#include "drivers/xen/xen.h"

#define FAKE_VIRQS        24u
#define FAKE_WATCHDOGS    2u
#define FAKE_PORTS        4096u
#define FAKE_WINDOW_IPA   0x38000000u
#define FAKE_WINDOW_PAGES (CFG_GNTTAB_FRAMES + 1u + CFG_GNTMAP_SLOTS)
#define FAKE_FOREIGN_REFS 16u
#define FAKE_STORE_PFN    0x39000u
#define FAKE_CONSOLE_PFN  0x39001u
#define FAKE_STORE_PORT   1u
#define FAKE_CONSOLE_PORT 2u

struct fake_xen {
    struct xen xen;        /* as xen_init() would fill it in */
    bool open[FAKE_PORTS]; /* guest's ports */
    uint32_t sends[FAKE_PORTS];
    void (*on_send)(uint32_t port); /* the other end */
    uint32_t next_port;             /* alloc_unbound takes this one, or the next that is free */
    bool irq;                       /* the event interrupt is pending */
    bool in_irq;
    uint32_t upcalls;
    uint32_t unmask_calls;
    uint64_t params[64]; /* HVM parameters */
    int fail_physmap_at; /* -1, or the call of XENMEM_add_to_physmap that fails */
    unsigned int physmap_calls;
    struct {
        unsigned int space;
        uint64_t index;
        uint64_t gpfn;
    } physmap[8];                     /* in the order of the calls */
    uint32_t virq_port[FAKE_VIRQS];   /* 0: not bound */
    int fail_alloc;                   /* error of alloc_unbound, bind_interdomain and bind_virq */
    uint32_t remote_port[FAKE_PORTS]; /* at domain 0; 0: nobody */
    /* dom0's grants to the guest, and what the guest makes of them. */
    struct {
        bool lent;
        bool readonly;
        unsigned int mapped; /* how often */
    } foreign[FAKE_FOREIGN_REFS];
    int fail_grant;      /* error of the next grant hypercalls as a whole */
    int16_t fail_status; /* or status of their operation, once fail_after more have succeeded */
    unsigned int fail_after;
    const void *lent_page; /* the last one of which the frame was asked */
    /* Asked first by each hypercall: 0, or the error that it fails with, undone. NULL: none. */
    int (*refusal)(uint32_t number, uintptr_t op);
    /* Called before the guest can learn of an event, when the other sides have written, and when it
     * has handled one. NULL: nobody. */
    void (*before_event)(void);
    void (*after_upcall)(void);
    int shutdown_reason; /* -1, or SCHEDOP_shutdown's */
    struct {
        bool in_use;
        uint32_t seconds; /* that it was given last */
        unsigned int given;
    } watchdogs[FAKE_WATCHDOGS]; /* the first one's id is 1 */
    const char *capabilities;
    int16_t query_status; /* of GNTTABOP_query_size: GNTST_... */
};
extern struct fake_xen fake_xen;

/** A new machine: zeroed shared_info (all ports unmasked), store and console ports open. */
void fake_xen_reset(void);

/** The other end sends an event, as Xen delivers it. */
void fake_xen_event(uint32_t port);

/** Take a pending event interrupt, if interrupts are enabled. The fakes call it; so may a test. */
void fake_xen_interrupts(void);

bool fake_xen_is_masked(uint32_t port);
bool fake_xen_is_pending(uint32_t port);

/** dom0's own view of a page that it lends by this reference. The guest's mappings show the same
 *  memory; a slot that shows none cannot be touched. */
void *fake_xen_foreign(uint32_t ref);

struct shared_info *fake_xen_shared(void);
struct grant_entry_v1 *fake_xen_grants(void);
struct xenstore_domain_interface *fake_xen_store_page(void);
struct xencons_interface *fake_xen_console_page(void);

#endif
