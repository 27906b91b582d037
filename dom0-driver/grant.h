/* SPDX-License-Identifier: GPL-2.0-only */
/* One page of another domain, mapped into this kernel; both counted. */
#ifndef ERIKA_XEN_GRANT_H
#define ERIKA_XEN_GRANT_H

#include <linux/mm_types.h>
#include <xen/interface/grant_table.h>
#include <xen/interface/xen.h>

struct pin_grant {
	void *memory;		/* the page, PAGE_SIZE bytes, read-write */
	struct page *page;
	grant_handle_t handle;
	int status;		/* GNTST_..., Xen's last word on mapping it */
};

/*
 * Returns 0, -ENOMEM, or -EFAULT: Xen refuses the reference, status says why.
 * Sleeps.
 */
int pin_grant_map(struct pin_grant *grant, domid_t domid, grant_ref_t ref);

/* Sleeps until nothing in the kernel uses the page. */
void pin_grant_unmap(struct pin_grant *grant);

/* Successful calls of the two since the module was loaded. */
unsigned int pin_grant_maps(void);
unsigned int pin_grant_unmaps(void);

#endif
