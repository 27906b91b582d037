/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of test_hostile_xen.c. An actor is one driver of the layer together with whom it has to
 * do with: it uses the driver as an application does, and attacks it as Xen, a daemon in dom0 or
 * another domain could. A new driver is one more actor in the table in test_hostile_xen.c.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor {
    const char *name;
    /** Begin, as boot/main.c does. Xen may refuse anything. @return false: the driver is not there,
     *  and nothing else is called. Before StartOS. */
    bool (*start)(void);
    /** One thing that an application does with the driver. */
    void (*use)(void);
    /** One thing that the other side does: allowed, late, wrong or mad. */
    void (*attack)(void);
    /** The other side is sane from now on; dom0's daemons are restarted. Xen refuses nothing. */
    void (*calm)(void);
    /** Whether the driver does its work, all of it. After calm(). */
    bool (*works)(void);
    /** If it does not: what it must have printed. NULL: no excuse. */
    const char *gave_up;
    /** What must be true at any time. */
    void (*check)(void);
};

extern const struct actor hostile_evtchn;
extern const struct actor hostile_gnttab;
extern const struct actor hostile_gntmap;
extern const struct actor hostile_xenstore;
extern const struct actor hostile_console;
extern const struct actor hostile_pins;
extern const struct actor hostile_channel;
extern const struct actor hostile_disk;

/** The actors' names of events, for cfg_evtchn[]. */
void hostile_low(void);
void hostile_high(void);
void hostile_pin_event(void);
void hostile_channel_event(void);
void hostile_disk_event(void);

/** Grants that a driver made for itself: nobody else ends them. At start(). */
void hostile_gnttab_adopt(void);

/** The store's daemon does all that there is to do, truthfully. */
void hostile_store_run(void);

/** A number 0 .. limit - 1; whether something that happens once in `n` times happens. */
uint32_t rnd(uint32_t limit);
bool once_in(uint32_t n);

/** Whether hypercalls fail now and then in this phase. */
bool xen_refuses(void);

/** An index that is wrong, nearly right, or anything: `near` and a few more, or random bits. */
uint32_t garbage_index(uint32_t near);

/** The memory at `start` belongs to the other side: from the end of its last step on, or its last
 *  event, the layer must not have written there. At start(). */
void guard(const void *start, size_t bytes);

/** The other side has written: only for a step of its own inside works(). */
void remember_guards(void);

/** End this life with a message that says where and how to replay it. */
#define require(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            require_failed(#condition, __FILE__, __LINE__);                                        \
    } while (0)
_Noreturn void require_failed(const char *condition, const char *file, int line);

#endif
