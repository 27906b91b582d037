/* SPDX-License-Identifier: Apache-2.0
 *
 * Leaving the machine by the firmware interface (PSCI, ARM DEN 0022): what is left where there is no hypervisor node.
 */
#ifndef PSCI_H
#define PSCI_H

#include "dt.h"

/** Learn from the device tree whether there is PSCI with the hvc conduit. @return 0; -ENODEV: no */
int psci_init(const struct dt *dt);

/** SYSTEM_OFF or SYSTEM_RESET. Returns if there is no PSCI or it refuses. */
void psci_system_off(void);
void psci_system_reset(void);

#endif
