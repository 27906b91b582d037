/* SPDX-License-Identifier: GPL-2.0-only */
/* The files below /proc/sys/erika-xen/. */
#ifndef ERIKA_XEN_SYSCTL_H
#define ERIKA_XEN_SYSCTL_H

int pin_sysctl_init(void);
void pin_sysctl_exit(void);

#endif
