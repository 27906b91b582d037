// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/sys/erika-xen/pin_state: write 0 or 1, and the guest's first pin has that
 * level when write() returns; read, and the guest says which level it has.
 *
 * One write is one command, at offset 0: a number that comes in pieces is refused
 * rather than guessed.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "compat.h"
#include "peers.h"
#include "pin.h"
#include "ring.h"
#include "sysctl.h"

/* 0 or 1 with white space round it; nothing else, however long. */
static int parse_level(const char *text, size_t len, u32 *level)
{
	while (len > 0 && isspace(text[0])) {
		text++;
		len--;
	}
	while (len > 0 && isspace(text[len - 1]))
		len--;
	if (len != 1 || (text[0] != '0' && text[0] != '1'))
		return -EINVAL;
	*level = text[0] - '0';
	return 0;
}

static int write_pin_state(const char *text, size_t len, loff_t *ppos)
{
	struct pin_request req = { .op = PIN_OP_SET };
	int ret;

	if (*ppos != 0)
		return -EINVAL;
	ret = parse_level(text, len, &req.value);
	if (ret == 0)
		ret = peers_request(&req);
	if (ret == 0)
		*ppos += len;
	return ret;
}

static int read_pin_state(char *text, size_t *len, loff_t *ppos)
{
	struct pin_request req = { .op = PIN_OP_GET };
	char answer[2];
	int ret;

	if (*ppos != 0 || *len == 0) {
		*len = 0;
		return 0;
	}
	ret = peers_request(&req);
	if (ret)
		return ret;
	answer[0] = req.value ? '1' : '0';
	answer[1] = '\n';
	*len = min(*len, sizeof(answer));
	memcpy(text, answer, *len);
	*ppos += *len;
	return 0;
}

static int pin_state(sysctl_entry_t *entry, int write, void *buffer,
		     size_t *len, loff_t *ppos)
{
	return write ? write_pin_state(buffer, *len, ppos)
		     : read_pin_state(buffer, len, ppos);
}

static struct ctl_table entries[SYSCTL_ENTRIES(1)] = {
	{
		.procname = "pin_state",
		.mode = 0644,
		.proc_handler = pin_state,
	},
};

static struct ctl_table_header *header;

int pin_sysctl_init(void)
{
	header = register_sysctl("erika-xen", entries);
	return header ? 0 : -ENOMEM;
}

void pin_sysctl_exit(void)
{
	unregister_sysctl_table(header);
}
