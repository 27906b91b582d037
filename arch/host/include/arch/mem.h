/* SPDX-License-Identifier: Apache-2.0
 *
 * The address space on a PC: the contract is the machine's, the test's fake supplies mem_map() and
 * mem_ipa().
 */
#include "arch/arm-xen/include/arch/mem.h"
