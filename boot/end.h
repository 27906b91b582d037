/* SPDX-License-Identifier: Apache-2.0
 *
 * The way out of the machine.
 */
#ifndef END_H
#define END_H

#include "drivers/xen/shutdown.h"

/** Let the consoles drain (bounded), then leave: by telling Xen why, or where there is none by PSCI, which
 *  knows only off and reset. Interrupts masked. */
_Noreturn void system_leave(enum xen_end how);

/** The last step of that alone, for when the consoles cannot be trusted any more. Interrupts masked. */
_Noreturn void system_off(enum xen_end how);

#endif
