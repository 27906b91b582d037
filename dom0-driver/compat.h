/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All that differs between Linux 5.10 and 6.12, the kernels that this module is
 * written for. No other file asks for a version.
 */
#ifndef ERIKA_XEN_COMPAT_H
#define ERIKA_XEN_COMPAT_H

#include <linux/sysctl.h>
#include <linux/version.h>
#include <xen/xenbus.h>

/* Since 6.11 a sysctl handler gets its table entry const. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
#define sysctl_entry_t const struct ctl_table
#else
#define sysctl_entry_t struct ctl_table
#endif

/* Since 6.6 a table's size is known; before, an empty entry ended it. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#define SYSCTL_ENTRIES(n) (n)
#else
#define SYSCTL_ENTRIES(n) ((n) + 1)
#endif

/*
 * At most one event of a watch is queued: a guest that writes all day must not
 * fill dom0's memory (XSA-349). 5.10.0 and 5.10.1 had no means for it.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 10, 2)
static inline bool compat_watch_is_quiet(struct xenbus_watch *watch,
					 const char *path, const char *token)
{
	return watch->nr_pending == 0;
}

static inline void compat_bound_watch(struct xenbus_watch *watch)
{
	watch->will_handle = compat_watch_is_quiet;
}
#else
static inline void compat_bound_watch(struct xenbus_watch *watch)
{
}
#endif

#endif
