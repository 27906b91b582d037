/* SPDX-License-Identifier: GPL-2.0-only */
/* Module parameters: /sys/module/erika_xen/parameters/. */
#ifndef ERIKA_XEN_PARAMS_H
#define ERIKA_XEN_PARAMS_H

/* How long a request waits, in jiffies: the parameter timeout_ms, 1 .. 60000. */
unsigned long params_timeout(void);

#endif
