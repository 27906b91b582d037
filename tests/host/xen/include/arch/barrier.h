/* SPDX-License-Identifier: Apache-2.0
 *
 * The barriers of the Xen layer's tests: at each of them a test may be the other CPU (fake_os.h).
 */
#ifndef ARCH_BARRIER_H
#define ARCH_BARRIER_H

void fake_barrier(void);

#define smp_mb()  fake_barrier()
#define smp_wmb() fake_barrier()
#define smp_rmb() fake_barrier()

#endif
