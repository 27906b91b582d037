/* SPDX-License-Identifier: Apache-2.0
 *
 * The time of day. Xen writes into shared_info which time it was when the domain began (wc_sec,
 * wc_nsec), dom0 tells Xen, and the timer counts from that moment on. When dom0's clock is set
 * (`date -s`, NTP), Linux tells Xen, and Xen writes anew: the time may then go forwards or back.
 * Durations are an OSEK counter's matter.
 *
 * How exact: Xen adds up what dom0's Linux says of itself, and Linux does not count how long it took
 * itself to come from its creation to the start of its own clock. By that much this time is ahead
 * of dom0's: 15 s in an emulator under load, not measured on a board (fact X8). And Xen knows the
 * domain's beginning in whole seconds, rounded down. Both are constant in a domain's life.
 *
 * Source: xen/xen.h (struct shared_info, wc_version); Xen's common/time.c. Fact B8: the timer counts
 * on while the domain is paused, so the time is right after a pause, too.
 */
#ifndef XEN_WALLCLOCK_H
#define XEN_WALLCLOCK_H

#include <stdint.h>

struct wallclock {
    uint64_t seconds; /* since 1970-01-01 00:00:00 UTC, below CALENDAR_END (lib/calendar.h) */
    uint32_t ns;      /* 0 .. 999,999,999 */
};

/**
 * What time it is.
 * @return 0; -ENODEV: no Xen; -ENODATA: nobody has told Xen (no dom0, or not yet); -EAGAIN: Xen is
 *         just writing, and again, and again; -EIO: what it wrote is no time. Without 0, *now is
 *         unchanged
 * Context: any.
 */
int wallclock_read(struct wallclock *now);

#endif
