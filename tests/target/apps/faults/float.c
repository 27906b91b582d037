/* SPDX-License-Identifier: Apache-2.0
 *
 * See float.h. The build refuses such code in files that the application does not name in FPU_SRCS.
 */
#include "tests/target/apps/faults/float.h"

#define ARM_STATE __attribute__((target("arm")))

void floating_point(void)
{
    __asm__ volatile("vadd.f32 s0, s0, s0");
}

ARM_STATE void floating_point_arm(void)
{
    __asm__ volatile("vadd.f32 s0, s0, s0");
}

void neon(void)
{
    __asm__ volatile("vadd.i32 q0, q0, q0");
}

ARM_STATE void neon_arm(void)
{
    __asm__ volatile("vld1.32 {d0}, [r0]");
}
