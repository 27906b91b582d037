/* SPDX-License-Identifier: Apache-2.0
 *
 * The few words of the Linux kernel that dom0-driver/ring.c uses, for a process on a PC: so that the tests run the
 * module's own protocol code and not a copy of it.
 */
#ifndef SHIM_LINUX_TYPES_H
#define SHIM_LINUX_TYPES_H

#include_next <linux/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t u32;

#endif
