/* SPDX-License-Identifier: Apache-2.0
 *
 * Grants: pages are lent and taken back, while the other side maps them and does not let go.
 */
#include <errno.h>

#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define REFS  (CFG_GNTTAB_FRAMES * 512u)
#define FIRST GNTTAB_NR_RESERVED_ENTRIES

static _Alignas(4096) uint8_t pages[4][4096];
static bool lent[REFS];
static bool is_foreign[REFS]; /* of these, another driver's */
static unsigned int lent_count;
static unsigned int foreign_count;

static struct grant_entry_v1 *entry(uint32_t ref)
{
    return &fake_xen_grants()[ref];
}

static bool is_mapped(uint32_t ref)
{
    return (entry(ref)->flags & (GTF_reading | GTF_writing)) != 0;
}

static void adopt(uint32_t ref)
{
    lent[ref] = is_foreign[ref] = true;
    lent_count++;
    foreign_count++;
}

static void forget(uint32_t ref)
{
    lent[ref] = is_foreign[ref] = false;
    lent_count--;
    foreign_count--;
}

/* Other drivers lend pages, and take them back, whenever they like. */
void hostile_gnttab_adopt(void)
{
    for (uint32_t ref = FIRST; ref < REFS; ref++) {
        if (lent[ref] == (entry(ref)->flags != GTF_invalid))
            continue;
        require(!lent[ref] || is_foreign[ref]);
        if (lent[ref])
            forget(ref);
        else
            adopt(ref);
    }
}

static bool start(void)
{
    int rc = gnttab_init(&fake_xen.xen);

    if (rc != 0) {
        require(fake_os_printed("gnttab: Xen refuses frame") == 1);
        require(gnttab_grant(0, pages[0], false) == -ENOSPC);
        require(gnttab_end(FIRST) == -EINVAL);
    }
    return rc == 0;
}

static void lend(void)
{
    bool readonly = once_in(2);
    int ref = gnttab_grant(0, pages[rnd(4)], readonly);

    if (ref < 0) {
        require(ref == -ENOSPC && lent_count == REFS - FIRST);
        return;
    }
    require(ref >= (int)FIRST && ref < (int)REFS && !lent[ref]);
    require(entry((uint32_t)ref)->flags == (GTF_permit_access | (readonly ? GTF_readonly : 0)));
    lent[ref] = true;
    lent_count++;
}

static void take_back(int ref)
{
    bool is_ours = ref >= (int)FIRST && ref < (int)REFS && lent[ref];
    int expected = !is_ours ? -EINVAL : is_mapped((uint32_t)ref) ? -EBUSY : 0;

    if (is_ours && is_foreign[ref])
        return;
    require(gnttab_end(ref) == expected);
    if (expected == 0) {
        lent[ref] = false;
        lent_count--;
    }
}

static void use(void)
{
    switch (rnd(4)) {
    case 0: /* up to all that there are */
        for (uint32_t n = rnd(once_in(10) ? REFS + 10 : 10); n > 0; n--)
            lend();
        break;
    case 1:
        require(gnttab_grant(0, pages[0] + 1 + rnd(4095), false) == -EINVAL);
        break;
    case 2:
        take_back((int)garbage_index(REFS));
        break;
    default:
        for (int i = 0; i < 5; i++)
            take_back((int)rnd(REFS));
    }
}

/* The other side maps and unmaps what it may, at any time. */
static void attack(void)
{
    for (int i = 0; i < 20; i++) {
        uint32_t ref = FIRST + rnd(REFS - FIRST);

        if (!lent[ref])
            continue;
        entry(ref)->flags &= (uint16_t) ~(GTF_reading | GTF_writing);
        if (once_in(2))
            entry(ref)->flags |= once_in(2) ? GTF_reading : GTF_reading | GTF_writing;
    }
}

static void calm(void)
{
    for (uint32_t ref = FIRST; ref < REFS; ref++)
        entry(ref)->flags &= (uint16_t) ~(GTF_reading | GTF_writing);
}

static bool works(void)
{
    hostile_gnttab_adopt();
    for (uint32_t ref = FIRST; ref < REFS; ref++) {
        if (lent[ref])
            take_back((int)ref);
    }
    lend();
    return lent_count == foreign_count + 1;
}

static void check(void)
{
    hostile_gnttab_adopt();
    require(gnttab_free_count() == REFS - FIRST - lent_count);
}

const struct actor hostile_gnttab = {.name = "gnttab",
                                     .start = start,
                                     .use = use,
                                     .attack = attack,
                                     .calm = calm,
                                     .works = works,
                                     .check = check};
