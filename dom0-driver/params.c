// SPDX-License-Identifier: GPL-2.0-only
/* What can be set, and what can be read about the module's health. */
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "grant.h"
#include "params.h"

#define TIMEOUT_MAX_MS 60000

static unsigned int timeout_ms = 1000;

static int set_timeout(const char *text, const struct kernel_param *param)
{
	unsigned int ms;
	int ret = kstrtouint(text, 0, &ms);

	if (ret)
		return ret;
	if (ms < 1 || ms > TIMEOUT_MAX_MS)
		return -EINVAL;
	WRITE_ONCE(timeout_ms, ms);
	return 0;
}

static const struct kernel_param_ops timeout_ops = {
	.set = set_timeout,
	.get = param_get_uint,
};
module_param_cb(timeout_ms, &timeout_ops, &timeout_ms, 0644);
MODULE_PARM_DESC(timeout_ms,
		 "how long a write to pin_state waits for the guest, 1 to 60000 ms (1000)");

unsigned long params_timeout(void)
{
	return msecs_to_jiffies(READ_ONCE(timeout_ms));
}

/* A counter is read-only, also on insmod's command line. */
static int refuse(const char *text, const struct kernel_param *param)
{
	return -EPERM;
}

static int get_maps(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%u\n", pin_grant_maps());
}

static int get_unmaps(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%u\n", pin_grant_unmaps());
}

static const struct kernel_param_ops maps_ops = { .set = refuse, .get = get_maps };
static const struct kernel_param_ops unmaps_ops = { .set = refuse, .get = get_unmaps };

module_param_cb(grant_maps, &maps_ops, NULL, 0444);
MODULE_PARM_DESC(grant_maps, "pages of guests mapped since loading (read-only)");
module_param_cb(grant_unmaps, &unmaps_ops, NULL, 0444);
MODULE_PARM_DESC(grant_unmaps, "pages of guests unmapped since loading (read-only)");
