/* SPDX-License-Identifier: Apache-2.0
 *
 * The first C at the link address: make C's world true (bss is zero, fact B7), then hand over to boot/.
 */
#include <stdint.h>
#include <string.h>

#include "mmu.h"
#include "start.h"

extern char bss_start[], bss_end[]; /* linker/image.lds */

_Noreturn void arch_start(uint32_t dtb, uint32_t offset)
{
    memset(bss_start, 0, (uintptr_t)bss_end - (uintptr_t)bss_start);
    mmu_start(offset);
    boot_main(dtb);
}
