/* SPDX-License-Identifier: Apache-2.0
 *
 * Hypercalls on a PC: the fake Xen of tests/host/xen answers them. Same arguments as on the
 * machine.
 */
#ifndef ARCH_HYPERCALL_H
#define ARCH_HYPERCALL_H

#include <stdint.h>

int32_t hypercall(uint32_t number, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2);

#endif
