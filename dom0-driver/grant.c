// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mapping a granted page. The frame that the mapping replaces comes from the
 * kernel's own pool for this (gnttab_alloc_pages; fact D3), and is reached through
 * vmap, because on 32-bit ARM it may be high memory.
 */
#define pr_fmt(fmt) "erika-xen: " fmt

#include <linux/atomic.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <xen/grant_table.h>

#include "grant.h"

static atomic_t maps = ATOMIC_INIT(0);
static atomic_t unmaps = ATOMIC_INIT(0);

/* As the grant helpers want it: they turn it back into a frame number. */
static phys_addr_t grant_address(const struct pin_grant *grant)
{
	return (phys_addr_t)(unsigned long)pfn_to_kaddr(page_to_pfn(grant->page));
}

static int map_page(struct pin_grant *grant, domid_t domid, grant_ref_t ref)
{
	struct gnttab_map_grant_ref op = {};
	int ret;

	gnttab_set_map_op(&op, grant_address(grant), GNTMAP_host_map, ref, domid);
	ret = gnttab_map_refs(&op, NULL, &grant->page, 1);
	if (ret)
		return ret;
	grant->status = op.status;
	if (op.status != GNTST_okay)
		return -EFAULT;
	grant->handle = op.handle;
	atomic_inc(&maps);
	return 0;
}

/* A page that Xen still maps must never be used for anything else: it is lost. */
static void unmap_and_free_page(struct pin_grant *grant)
{
	struct gnttab_unmap_grant_ref op = {};
	struct gntab_unmap_queue_data work = {
		.unmap_ops = &op,
		.pages = &grant->page,
		.count = 1,
	};
	int ret;

	gnttab_set_unmap_op(&op, grant_address(grant), GNTMAP_host_map,
			    grant->handle);
	ret = gnttab_unmap_refs_sync(&work);
	if (ret || op.status != GNTST_okay) {
		pr_err("cannot unmap a guest's page (%d, GNTST %d); it is lost\n",
		       ret, op.status);
		return;
	}
	atomic_inc(&unmaps);
	gnttab_free_pages(1, &grant->page);
}

int pin_grant_map(struct pin_grant *grant, domid_t domid, grant_ref_t ref)
{
	int ret = gnttab_alloc_pages(1, &grant->page);

	if (ret)
		return ret;
	ret = map_page(grant, domid, ref);
	if (ret)
		goto out_free;
	grant->memory = vmap(&grant->page, 1, VM_MAP, PAGE_KERNEL);
	if (grant->memory)
		return 0;

	unmap_and_free_page(grant);
	return -ENOMEM;
out_free:
	gnttab_free_pages(1, &grant->page);
	return ret;
}

void pin_grant_unmap(struct pin_grant *grant)
{
	vunmap(grant->memory);
	unmap_and_free_page(grant);
}

unsigned int pin_grant_maps(void)
{
	return atomic_read(&maps);
}

unsigned int pin_grant_unmaps(void)
{
	return atomic_read(&unmaps);
}
