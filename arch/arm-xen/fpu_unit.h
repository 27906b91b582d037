/* SPDX-License-Identifier: Apache-2.0
 *
 * Start of the floating-point unit. The kernel uses it through kernel/arch.h.
 */
#ifndef FPU_UNIT_H
#define FPU_UNIT_H

/**
 * Make VFP and NEON reachable and leave them switched off.
 * @return 0; -ENODEV: the CPU has none, or not all of d0-d31, which the compiler uses
 */
int fpu_unit_init(void);

#endif
