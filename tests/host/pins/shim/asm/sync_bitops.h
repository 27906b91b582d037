/* SPDX-License-Identifier: Apache-2.0
 *
 * Compare-and-swap between two domains: see linux/types.h.
 */
#ifndef SHIM_ASM_SYNC_BITOPS_H
#define SHIM_ASM_SYNC_BITOPS_H

#include <linux/types.h>

/* @return what was there; it was swapped if that is `old` */
static inline u32 sync_cmpxchg(u32 *word, u32 old, u32 new)
{
    __atomic_compare_exchange_n(word, &old, new, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return old;
}

#endif
