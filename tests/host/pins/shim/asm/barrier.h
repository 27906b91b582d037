/* SPDX-License-Identifier: Apache-2.0
 *
 * Ordering between two domains, here two threads or none: see linux/types.h.
 */
#ifndef SHIM_ASM_BARRIER_H
#define SHIM_ASM_BARRIER_H

#define virt_load_acquire(p)     __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define virt_store_release(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define virt_mb()                __atomic_thread_fence(__ATOMIC_SEQ_CST)

#endif
