/* SPDX-License-Identifier: Apache-2.0
 *
 * Ordering of memory shared with Xen and other domains (Normal, inner-shareable: fact M2). At each use a comment
 * names the partner. A domain with one vCPU still needs them: dom0 runs on another CPU.
 */
#ifndef ARCH_BARRIER_H
#define ARCH_BARRIER_H

#define smp_mb()  __asm__ volatile("dmb ish" : : : "memory")   /* all before, all after */
#define smp_wmb() __asm__ volatile("dmb ishst" : : : "memory") /* stores before stores */
#define smp_rmb() smp_mb() /* loads before loads: ARMv7 has no weaker one */

#endif
