/* SPDX-License-Identifier: Apache-2.0
 *
 * The time of day: see wallclock.h.
 */
#include "drivers/xen/wallclock.h"

#include <stdbool.h>

#include <arch/barrier.h>

#include "calendar.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/xen.h"
#include "kernel/arch.h"

#define TRIES    100u /* Xen writes in less than a microsecond, a few times an hour */
#define NS_PER_S UINT32_C(1000000000)
/* 2000-01-01: earlier than that is no date but the time since Xen's start, which Xen writes if
 * nobody has told it more (fact X8). */
#define TOLD UINT64_C(946684800)

static uint32_t look(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_RELAXED);
}

/* The three words as Xen wrote them together: it makes the version odd before, and even after.
 * @return false: they changed meanwhile */
static bool read_words(const struct shared_info *shared, struct wallclock *start, uint32_t *version)
{
    *version = look(&shared->wc_version);
    smp_rmb(); /* pairs with Xen's barrier behind the odd version */
    start->seconds = (uint64_t)look(&shared->wc_sec_hi) << 32 | look(&shared->wc_sec);
    start->ns = look(&shared->wc_nsec);
    smp_rmb(); /* pairs with Xen's before the even one */
    return *version % 2 == 0 && *version == look(&shared->wc_version);
}

/* When the timer read 0. */
static int read_start(const struct shared_info *shared, struct wallclock *start)
{
    uint32_t version = 0;

    for (unsigned int i = 0; i < TRIES; i++) {
        if (!read_words(shared, start, &version))
            continue;
        if (version == 0 || start->seconds < TOLD)
            return -ENODATA;
        return start->seconds < CALENDAR_END / 2 && start->ns < NS_PER_S ? 0 : -EIO;
    }
    return -EAGAIN;
}

int wallclock_read(struct wallclock *now)
{
    const struct shared_info *shared = xen_shared();
    const uint64_t count = arch_timer_count();
    const uint32_t hz = arch_timer_hz();
    struct wallclock start;
    uint64_t ns;
    int rc;

    if (shared == NULL)
        return -ENODEV;
    rc = read_start(shared, &start);
    if (rc != 0)
        return rc;
    ns = start.ns + count % hz * NS_PER_S / hz;
    now->seconds = start.seconds + count / hz + ns / NS_PER_S;
    now->ns = (uint32_t)(ns % NS_PER_S);
    return 0;
}
