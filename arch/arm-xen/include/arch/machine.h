/* SPDX-License-Identifier: Apache-2.0
 *
 * What the device tree says of the machine as a whole. Each driver reads its own node from machine_dt().
 */
#ifndef ARCH_MACHINE_H
#define ARCH_MACHINE_H

#include <stdint.h>

#include "dt.h"

/**
 * Map the device tree where the loader left it, read-only and for ever, and check it whole.
 * @param dtb  its intermediate physical address
 * @return 0; -E2BIG: above 2 MiB; -EINVAL: damaged, or out of reach
 * Context: before StartOS, first of all.
 */
int machine_init(uint32_t dtb);

/** The opened tree. */
const struct dt *machine_dt(void);

/** The domain's command line: `extra` or `cmdline` of xl, `bootargs` of a dom0less node. "" if there is none. */
const char *machine_args(void);

/**
 * A bank of RAM. @param index  from 0
 * @return 0; -ENOENT: no such bank. Context: any.
 */
int machine_ram(unsigned int index, uint64_t *base, uint64_t *bytes);

/** Virtual CPUs that the domain has. We run on the first; the others are never started. */
unsigned int machine_cpus(void);

#endif
