/* SPDX-License-Identifier: Apache-2.0
 *
 * Grant table, version 1: see gnttab.h. A free list of references, and entries that Xen reads at any time.
 */
#include "drivers/xen/gnttab.h"

#include <string.h>

#include <arch/barrier.h>
#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/config.h"
#include "drivers/xen/hypercall.h"

#define REFS_PER_FRAME (PAGE_SIZE / sizeof(struct grant_entry_v1))
#define REF_COUNT      (CFG_GNTTAB_FRAMES * (unsigned int)REFS_PER_FRAME)

static struct {
    struct grant_entry_v1 *table; /* Xen's; NULL: not mapped */
    /* The free references as a queue, 0 = its end: one that was given back is used again last, so
     * that a mistake about an old one shows. */
    uint16_t next[REF_COUNT];
    uint16_t first;
    uint16_t last;
    uint16_t free_count;
} gnttab;

/* Both with interrupts masked. */
static unsigned int take_ref(void)
{
    unsigned int ref = gnttab.first;

    if (ref != 0) {
        gnttab.first = gnttab.next[ref];
        if (gnttab.first == 0)
            gnttab.last = 0;
        gnttab.free_count--;
    }
    return ref;
}

static void give_ref(unsigned int ref)
{
    gnttab.next[ref] = 0;
    if (gnttab.last != 0)
        gnttab.next[gnttab.last] = (uint16_t)ref;
    else
        gnttab.first = (uint16_t)ref;
    gnttab.last = (uint16_t)ref;
    gnttab.free_count++;
}

int gnttab_init(const struct xen *xen)
{
    memset(&gnttab, 0, sizeof(gnttab));
    /* The last frame first: Xen grows the table once, to the size it will have (fact G1). */
    for (unsigned int frame = CFG_GNTTAB_FRAMES; frame-- > 0;) {
        int rc = hypercall_add_to_physmap(XENMAPSPACE_grant_table, frame,
                                          xen->window_ipa / PAGE_SIZE + frame);

        if (rc != 0) {
            printk(
                "gnttab: Xen refuses frame %u of the grant table (error %d): no pages can be lent; "
                "see max_grant_frames in xl.cfg\n",
                frame, rc);
            return rc;
        }
    }
    gnttab.table = mem_map(xen->window_ipa, CFG_GNTTAB_FRAMES * PAGE_SIZE, MEM_SHARED);
    if (gnttab.table == NULL)
        return -ENOMEM;
    for (unsigned int ref = GNTTAB_NR_RESERVED_ENTRIES; ref < REF_COUNT; ref++)
        give_ref(ref);
    return 0;
}

int gnttab_grant(uint16_t domid, const void *page, bool readonly)
{
    struct grant_entry_v1 *entry;
    unsigned int ref;

    if ((uintptr_t)page % PAGE_SIZE != 0)
        return -EINVAL;
    SuspendAllInterrupts();
    ref = take_ref();
    ResumeAllInterrupts();
    if (ref == 0)
        return -ENOSPC;
    entry = &gnttab.table[ref];
    entry->frame = (uint32_t)(mem_ipa(page) / PAGE_SIZE); /* fact G3 */
    entry->domid = domid;
    smp_wmb(); /* whom and what before the flags; pairs with Xen's reading of the flags first */
    __atomic_store_n(&entry->flags, (uint16_t)(GTF_permit_access | (readonly ? GTF_readonly : 0)),
                     __ATOMIC_RELAXED);
    return (int)ref;
}

/* Fact G2: Xen may set "reading" or "writing" between our look and our store, so the two must be
 * one. */
static bool invalidate(uint16_t *flags)
{
    uint16_t was = __atomic_load_n(flags, __ATOMIC_RELAXED);

    if ((was & (GTF_reading | GTF_writing)) != 0)
        return false;
    return __atomic_compare_exchange_n(flags, &was, GTF_invalid, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_RELAXED);
}

int gnttab_end(int ref)
{
    struct grant_entry_v1 *entry;
    int rc = 0;

    if (gnttab.table == NULL || ref < (int)GNTTAB_NR_RESERVED_ENTRIES || ref >= (int)REF_COUNT)
        return -EINVAL;
    entry = &gnttab.table[ref];
    SuspendAllInterrupts(); /* against ourselves: two contexts that end the same grant */
    if ((__atomic_load_n(&entry->flags, __ATOMIC_RELAXED) & GTF_type_mask) != GTF_permit_access)
        rc = -EINVAL;
    else if (!invalidate(&entry->flags))
        rc = -EBUSY;
    else
        give_ref((unsigned int)ref);
    ResumeAllInterrupts();
    return rc;
}

unsigned int gnttab_free_count(void)
{
    return gnttab.free_count;
}

int gnttab_frames(unsigned int *frames, unsigned int *max_frames)
{
    return hypercall_grant_size(frames, max_frames);
}
