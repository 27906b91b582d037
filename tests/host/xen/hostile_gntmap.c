/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of dom0, mapped and copied, while dom0 lends and revokes and Xen may refuse each step.
 */
#include <errno.h>
#include <string.h>

#include "drivers/xen/gntmap.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define MAPPINGS 4u

static struct {
    uint8_t *pages; /* NULL: none */
    unsigned int count;
    uint32_t refs[CFG_GNTMAP_SLOTS];
    bool readonly;
} mine[MAPPINGS];
static unsigned int mapped_count;
static unsigned int kept_count; /* slots of pages that Xen did not give up */

static uint8_t buffer[2 * 4096 + 2];

static bool start(void)
{
    require(gntmap_init(&fake_xen.xen) == 0);
    return true;
}

/* ---- the application ---- */

static bool is_lent(unsigned int i)
{
    for (unsigned int page = 0; page < mine[i].count; page++) {
        uint32_t ref = mine[i].refs[page];

        if (ref >= FAKE_FOREIGN_REFS || !fake_xen.foreign[ref].lent)
            return false;
    }
    return true;
}

/* Slots that did not come back, which only a failing Xen excuses. */
static void note_kept(unsigned int slots)
{
    require(slots == 0 || xen_refuses() || fake_xen.fail_status != GNTST_okay);
    kept_count += slots;
}

static void map(unsigned int i)
{
    unsigned int before = gntmap_free_count();
    void *pages = NULL;

    mine[i].count = rnd(CFG_GNTMAP_SLOTS + 2);
    mine[i].readonly = once_in(2);
    for (unsigned int page = 0; page < CFG_GNTMAP_SLOTS; page++)
        mine[i].refs[page] = once_in(20) ? garbage_index(0) : rnd(FAKE_FOREIGN_REFS);
    if (mine[i].count > CFG_GNTMAP_SLOTS) {
        require(gntmap_map(0, mine[i].refs, mine[i].count, false, &pages) == -ENOMEM);
        return;
    }
    if (gntmap_map(0, mine[i].refs, mine[i].count, mine[i].readonly, &pages) != 0) {
        require(pages == NULL && gntmap_free_count() <= before);
        note_kept(before - gntmap_free_count());
        return;
    }
    require(mine[i].count > 0 && is_lent(i) && (uintptr_t)pages % 4096 == 0);
    mine[i].pages = pages;
    mapped_count += mine[i].count;
}

static void touch(unsigned int i)
{
    for (unsigned int page = 0; page < mine[i].count; page++) {
        uint8_t *theirs = (uint8_t *)fake_xen_foreign(mine[i].refs[page]) + rnd(4096);
        uint8_t *ours = mine[i].pages + page * 4096 + (uintptr_t)theirs % 4096;

        *theirs = (uint8_t)rnd(256);
        require(*ours == *theirs);
    }
}

static void unmap(unsigned int i)
{
    unsigned int before = gntmap_free_count();
    int rc = gntmap_unmap(mine[i].pages, mine[i].count);
    unsigned int given_back = gntmap_free_count() - before;

    require(rc == 0 ? given_back == mine[i].count : given_back < mine[i].count);
    note_kept(mine[i].count - given_back);
    mapped_count -= mine[i].count;
    require(gntmap_unmap(mine[i].pages, mine[i].count) == -EINVAL);
    mine[i].pages = NULL;
}

static void copy(void)
{
    uint32_t ref = once_in(10) ? garbage_index(0) : rnd(FAKE_FOREIGN_REFS);
    unsigned int offset = once_in(10) ? garbage_index(4096) : rnd(4096);
    unsigned int len = once_in(10) ? garbage_index(0u - offset) : rnd(4097);
    bool is_inside = len >= 1 && offset < 4096 && len <= 4096 - offset;
    bool is_write = once_in(2);
    int rc;

    memset(buffer, 'b', sizeof(buffer));
    if (is_write)
        rc = gntmap_copy_to(0, ref, offset, buffer + 1 + rnd(4096), len);
    else
        rc = gntmap_copy_from(0, ref, offset, buffer + 1 + rnd(4096), len);
    require(buffer[0] == 'b' && buffer[sizeof(buffer) - 1] == 'b');
    if (!is_inside)
        require(rc == -EINVAL);
    if (rc == 0)
        require(fake_xen.foreign[ref].lent && !(is_write && fake_xen.foreign[ref].readonly));
}

static void use(void)
{
    unsigned int i = rnd(MAPPINGS);

    if (once_in(4))
        copy();
    else if (mine[i].pages == NULL)
        map(i);
    else if (once_in(2))
        unmap(i);
    else
        touch(i);
}

/* ---- dom0, and Xen's answers for a single page ---- */

static void attack(void)
{
    static const int16_t status[] = {GNTST_general_error, GNTST_bad_gntref,        GNTST_no_space,
                                     GNTST_eagain,        GNTST_permission_denied, -100};
    uint32_t ref = rnd(FAKE_FOREIGN_REFS);

    fake_xen.fail_status = once_in(4) ? status[rnd(6)] : GNTST_okay;
    fake_xen.fail_after = rnd(4);
    fake_xen.foreign[ref].lent = !once_in(4);
    fake_xen.foreign[ref].readonly = once_in(4);
}

static void calm(void)
{
    fake_xen.fail_status = GNTST_okay;
    for (uint32_t ref = 0; ref < FAKE_FOREIGN_REFS; ref++) {
        fake_xen.foreign[ref].lent = true;
        fake_xen.foreign[ref].readonly = false;
    }
}

/* A page that Xen has kept once is gone for good, so there may be no slot left; copying needs none.
 */
static bool works(void)
{
    uint32_t ref = 1;
    void *pages;

    for (unsigned int i = 0; i < MAPPINGS; i++) {
        if (mine[i].pages != NULL)
            unmap(i);
    }
    require(gntmap_free_count() == CFG_GNTMAP_SLOTS - kept_count);
    if (gntmap_free_count() > 0) {
        require(gntmap_map(0, &ref, 1, false, &pages) == 0);
        memcpy(pages, "calm", 5);
        require(gntmap_unmap(pages, 1) == 0);
    } else {
        require(gntmap_copy_to(0, ref, 0, "calm", 5) == 0);
    }
    return gntmap_copy_from(0, ref, 0, buffer, 5) == 0 && memcmp(buffer, "calm", 5) == 0;
}

static void check(void)
{
    require(gntmap_free_count() == CFG_GNTMAP_SLOTS - kept_count - mapped_count);
}

const struct actor hostile_gntmap = {.name = "gntmap",
                                     .start = start,
                                     .use = use,
                                     .attack = attack,
                                     .calm = calm,
                                     .works = works,
                                     .check = check};
