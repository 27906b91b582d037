// SPDX-License-Identifier: GPL-2.0-only
/*
 * erika-xen: dom0's side of the pin service of erika-xen guests. Who waits for a
 * guest is woken before the file goes away, because removing the file waits for
 * everybody who is in it (fact D4).
 */
#define pr_fmt(fmt) "erika-xen: " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <xen/xen.h>

#include "peers.h"
#include "sysctl.h"

static int __init erika_xen_init(void)
{
	int ret;

	if (!xen_initial_domain()) {
		pr_err("this kernel is not Xen's dom0\n");
		return -ENODEV;
	}
	ret = pin_sysctl_init();
	if (ret)
		return ret;
	ret = peers_init();
	if (ret)
		pin_sysctl_exit();
	return ret;
}

static void __exit erika_xen_exit(void)
{
	peers_exit();
	pin_sysctl_exit();
}

module_init(erika_xen_init);
module_exit(erika_xen_exit);

MODULE_DESCRIPTION("Drive the pins of an erika-xen guest from dom0");
MODULE_LICENSE("GPL");
