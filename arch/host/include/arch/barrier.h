/* SPDX-License-Identifier: Apache-2.0
 *
 * The same barriers for the fakes on a PC, where the other side runs in the same thread or, in some
 * tests, another. (tests/host/xen has its own, at which the other side does something.)
 */
#ifndef ARCH_BARRIER_H
#define ARCH_BARRIER_H

#define smp_mb()  __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#define smp_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)

#endif
