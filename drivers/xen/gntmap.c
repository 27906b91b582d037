/* SPDX-License-Identifier: Apache-2.0
 *
 * Other domains' grants: see gntmap.h. A table of slots, and two hypercalls' arguments.
 */
#include "drivers/xen/gntmap.h"

#include <arch/mem.h>

#include "drivers/xen/config.h"
#include "drivers/xen/hypercall.h"

#define SLOTS CFG_GNTMAP_SLOTS

/* What is in a slot: one of these, or Xen's handle + 1. */
#define FREE  0u
#define TAKEN UINT32_MAX /* by a gntmap_map() under way, or for ever by a page that Xen keeps */

static struct {
    uint8_t *base; /* NULL: not mapped */
    uint64_t ipa;
    uint32_t handle[SLOTS + 1]; /* one too many: C has no empty array */
} slots;

static int errno_of(int16_t status)
{
    switch (status) {
    case GNTST_okay:
        return 0;
    case GNTST_general_error:
        return -EIO;
    case GNTST_bad_gntref:
        return -ENOENT;
    case GNTST_bad_domain:
        return -ESRCH;
    case GNTST_permission_denied:
        return -EPERM;
    case GNTST_bad_page:
        return -EFAULT;
    case GNTST_eagain:
        return -EAGAIN;
    case GNTST_no_space:
        return -ENOSPC;
    default:
        return -EINVAL;
    }
}

/* ---- slots ---- */

/* The length of the run of free slots from `first` on, up to `count`. */
static unsigned int free_run(unsigned int first, unsigned int count)
{
    unsigned int run = 0;

    while (run != count && first + run != SLOTS && slots.handle[first + run] == FREE)
        run++;
    return run;
}

static void mark(unsigned int first, unsigned int count, uint32_t as)
{
    for (unsigned int i = 0; i != count; i++)
        slots.handle[first + i] = as;
}

/* The first of `count` free slots in a row, which are ours then; SLOTS: there are none. */
static unsigned int take_slots(unsigned int count)
{
    unsigned int first = 0;

    SuspendAllInterrupts(); /* against ourselves in another context */
    while (first != SLOTS && free_run(first, count) != count)
        first++;
    if (first != SLOTS)
        mark(first, count, TAKEN);
    ResumeAllInterrupts();
    return first;
}

int gntmap_init(const struct xen *xen)
{
    slots.base = NULL;
    if (SLOTS == 0)
        return 0;
    mark(0, SLOTS, FREE);
    slots.ipa = xen->window_ipa + (CFG_GNTTAB_FRAMES + 1u) * (uint64_t)PAGE_SIZE;
    slots.base = mem_map(slots.ipa, (size_t)SLOTS * PAGE_SIZE, MEM_SHARED);
    return slots.base != NULL ? 0 : -ENOMEM;
}

unsigned int gntmap_free_count(void)
{
    unsigned int count = 0;

    for (unsigned int i = 0; slots.base != NULL && i != SLOTS; i++)
        count += slots.handle[i] == FREE;
    return count;
}

/* ---- mapping ---- */

static uint64_t slot_ipa(unsigned int slot)
{
    return slots.ipa + slot * (uint64_t)PAGE_SIZE;
}

static int fill(unsigned int slot, uint16_t domid, uint32_t ref, bool readonly)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = slot_ipa(slot),
        .flags = GNTMAP_host_map | (readonly ? GNTMAP_readonly : 0u),
        .ref = ref,
        .dom = domid,
    };
    int rc = hypercall_grant_map(&op);

    if (rc == 0)
        rc = errno_of(op.status);
    if (rc == 0)
        slots.handle[slot] = op.handle + 1;
    return rc;
}

/* The slot is FREE only after Xen has emptied it. */
static int empty(unsigned int slot)
{
    struct gnttab_unmap_grant_ref op = {
        .host_addr = slot_ipa(slot),
        .handle = slots.handle[slot] - 1,
    };
    int rc = hypercall_grant_unmap(&op);

    if (rc == 0)
        rc = errno_of(op.status);
    slots.handle[slot] = rc == 0 ? FREE : TAKEN;
    return rc;
}

static int empty_all(unsigned int first, unsigned int count)
{
    int result = 0;

    for (unsigned int i = 0; i != count; i++) {
        int rc = empty(first + i);

        result = result != 0 ? result : rc;
    }
    return result;
}

int gntmap_map(uint16_t domid, const uint32_t *refs, unsigned int count, bool readonly,
               void **pages)
{
    unsigned int first;
    unsigned int done = 0;
    int rc = 0;

    if (count == 0)
        return -EINVAL;
    first = slots.base != NULL ? take_slots(count) : SLOTS;
    if (first == SLOTS)
        return -ENOMEM;
    while (rc == 0 && done != count) {
        rc = fill(first + done, domid, refs[done], readonly);
        done += rc == 0;
    }
    if (rc != 0) {
        mark(first + done, count - done, FREE);
        (void)empty_all(first, done);
        return rc;
    }
    *pages = slots.base + (size_t)first * PAGE_SIZE;
    return 0;
}

static bool are_mapped(uintptr_t first, unsigned int count)
{
    if (count == 0 || count > SLOTS || first > SLOTS - count)
        return false;
    for (unsigned int i = 0; i != count; i++) {
        if (slots.handle[first + i] == FREE || slots.handle[first + i] == TAKEN)
            return false;
    }
    return true;
}

int gntmap_unmap(void *pages, unsigned int count)
{
    uintptr_t offset = (uintptr_t)pages - (uintptr_t)slots.base;

    if (slots.base == NULL || offset % PAGE_SIZE != 0 || !are_mapped(offset / PAGE_SIZE, count))
        return -EINVAL;
    return empty_all((unsigned int)(offset / PAGE_SIZE), count);
}

/* ---- copying ---- */

static int copy_piece(const struct gnttab_copy_ptr *theirs, const struct gnttab_copy_ptr *ours,
                      unsigned int len, bool to_them)
{
    struct gnttab_copy op = {
        .source = to_them ? *ours : *theirs,
        .dest = to_them ? *theirs : *ours,
        .len = (uint16_t)len,
        .flags = to_them ? GNTCOPY_dest_gref : GNTCOPY_source_gref,
    };
    int rc = hypercall_grant_copy(&op);

    return rc != 0 ? rc : errno_of(op.status);
}

/* No operation may cross a page's end, and what is ours may lie on two pages. */
static int copy(struct gnttab_copy_ptr theirs, uintptr_t at, unsigned int len, bool to_them)
{
    int rc = 0;

    if (len == 0 || len > PAGE_SIZE - theirs.offset)
        return -EINVAL;
    while (rc == 0 && len != 0) {
        struct gnttab_copy_ptr ours = {
            .u.gmfn = mem_ipa((const void *)at) / PAGE_SIZE, /* fact G3 */
            .domid = DOMID_SELF,
            .offset = (uint16_t)(at % PAGE_SIZE),
        };
        unsigned int left = PAGE_SIZE - ours.offset;
        unsigned int piece = len < left ? len : left;

        rc = copy_piece(&theirs, &ours, piece, to_them);
        theirs.offset = (uint16_t)(theirs.offset + piece);
        at += piece;
        len -= piece;
    }
    return rc;
}

int gntmap_copy_from(uint16_t domid, uint32_t ref, unsigned int offset, void *dst, unsigned int len)
{
    struct gnttab_copy_ptr theirs = {.u.ref = ref, .domid = domid, .offset = (uint16_t)offset};

    return offset < PAGE_SIZE ? copy(theirs, (uintptr_t)dst, len, false) : -EINVAL;
}

int gntmap_copy_to(uint16_t domid, uint32_t ref, unsigned int offset, const void *src,
                   unsigned int len)
{
    struct gnttab_copy_ptr theirs = {.u.ref = ref, .domid = domid, .offset = (uint16_t)offset};

    return offset < PAGE_SIZE ? copy(theirs, (uintptr_t)src, len, true) : -EINVAL;
}
