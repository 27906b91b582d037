/* SPDX-License-Identifier: Apache-2.0
 *
 * The floating-point unit's start. Only applications that compute with floating point have it.
 */
#include "fpu_unit.h"

#include <errno.h>

#include <arch/port.h>

#define CPACR_OFF       0xc0000000u /* ASEDIS, D32DIS: no NEON, no d16-d31 */
#define CPACR_FPU       0x00f00000u /* cp10, cp11: full access */
#define MVFR0_REGISTERS 0xfu        /* 2: there are d0-d31 */

static uint32_t open_access(void)
{
    uint32_t cpacr;

    __asm__ volatile("mrc p15, 0, %0, c1, c0, 2" : "=r"(cpacr));
    cpacr = (cpacr & ~CPACR_OFF) | CPACR_FPU;
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 2\n\tisb" : : "r"(cpacr));
    __asm__ volatile("mrc p15, 0, %0, c1, c0, 2" : "=r"(cpacr));
    return cpacr;
}

int fpu_unit_init(void)
{
    uint32_t mvfr0;

    if ((open_access() & (CPACR_OFF | CPACR_FPU)) !=
        CPACR_FPU) { /* bits of what is not there stay */
        return -ENODEV;
    }
    __asm__ volatile(ARCH_FPU_ASM "vmrs %0, mvfr0" : "=r"(mvfr0));
    arch_fpu_enable(false);
    return (mvfr0 & MVFR0_REGISTERS) == 2 ? 0 : -ENODEV;
}
