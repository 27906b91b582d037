/* SPDX-License-Identifier: Apache-2.0
 *
 * The end of a domain, in both directions: what dom0 asks for (`xl shutdown`, `xl reboot` write a
 * word into the guest's control/shutdown), and how the guest tells Xen that it is done.
 *
 * Source: Xen's docs/misc/xenstore-paths.pandoc (control/shutdown), xen/sched.h. Fact X5.
 */
#ifndef XEN_SHUTDOWN_H
#define XEN_SHUTDOWN_H

/** Why the domain ends. What happens then is the toolstack's choice: on_poweroff, on_reboot and
 *  on_crash in xl.cfg. */
enum xen_end {
    XEN_END_POWEROFF,
    XEN_END_REBOOT,
    XEN_END_CRASH,
};

/**
 * As soon as there is a store, watch control/shutdown, and say in control/feature-poweroff and
 * control/feature-reboot that this guest does. On "poweroff", "halt" or "reboot" the request is acknowledged (the node written
 * empty) and then ShutdownOS(E_OK) runs, in ISR2. Any other word is acknowledged, refused in a
 * printed line, and nothing happens: "suspend" too, for shared pages and event channels would not
 * survive it.
 * @return 0; -ENODEV: no xenstore, nobody can ask
 * Context: before StartOS, after xs_init().
 */
int shutdown_init(void);

/** What dom0 has asked for: XEN_END_REBOOT after "reboot", else XEN_END_POWEROFF. For whoever ends
 *  the system after ShutdownOS(E_OK). Context: any. */
enum xen_end shutdown_reason(void);

/** Tell Xen that the domain has ended: SCHEDOP_shutdown. Consoles must be drained before. The
 *  machine must have a Xen (xen_init() returned 0). Context: the end of the system, interrupts
 *  masked. */
_Noreturn void xen_end(enum xen_end how);

#endif
