/* SPDX-License-Identifier: Apache-2.0
 *
 * ARM's PL011 serial port (ARM DDI 0183) and its SBSA subset, which Xen emulates for a guest (vPL011).
 */
#ifndef PL011_H
#define PL011_H

#include "dt.h"

/**
 * Find the first PL011 or SBSA UART of the device tree and add it to the consoles.
 * @return 0; -ENODEV: there is none; -EINVAL: its node is damaged. Context: before StartOS.
 */
int pl011_init(const struct dt *dt);

/** Where it was found and what it is ("vPL011", "PL011"), for the boot banner; 0 and NULL: none. */
uint64_t pl011_address(void);
const char *pl011_name(void);

#endif
