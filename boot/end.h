/* SPDX-License-Identifier: Apache-2.0
 *
 * The ways out of the machine.
 */
#ifndef END_H
#define END_H

enum end {
    END_POWEROFF,
    END_REBOOT,
    END_CRASH,
};

/** Let the consoles drain (bounded), then leave by Xen, or by PSCI where there is no hypervisor. Interrupts masked. */
_Noreturn void system_leave(enum end how);

#endif
