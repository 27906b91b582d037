// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding guests. Two special watches tell of domains that come and go, and one
 * watch a domain tells of the guest's own state key; a watch on all of
 * /local/domain would fire for every guest's every write (fact D2).
 *
 * The callbacks share one kernel thread with the whole system, so they only set a
 * flag and queue the one worker. All that this file owns is changed by the worker,
 * except the choice (chosen), which requests read.
 */
#define pr_fmt(fmt) "erika-xen: " fmt

#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <xen/interface/xen.h>
#include <xen/xenbus.h>

#include "compat.h"
#include "link.h"
#include "peers.h"
#include "pin.h"

#define HOMES "/local/domain"

/* A guest that comes and goes all day costs dom0 work and lines in its log. */
#define TRIES_MAX 16U

enum {
	TODO_START,	/* xenstore runs: set the two watches */
	TODO_SCAN,	/* a domain came or went */
};

enum {
	PEER_CHANGED,	/* its state key was written or removed */
};

struct peer {
	struct list_head list;
	domid_t domid;
	char home[40];		/* of our keys in xenstore */
	char state_path[48];
	struct xenbus_watch watch;
	unsigned long flags;
	bool present;		/* seen in the last scan */
	bool refused;		/* failed us; no new try before its state key changes */
	unsigned int tries;	/* to connect, in its life */
	struct pin_link *link;	/* NULL: not connected */
};

static LIST_HEAD(peers);
static unsigned long todo;
static bool watching;
static bool stopping;

static struct pin_link *chosen;
static DEFINE_SPINLOCK(chosen_lock);

static void peers_work(struct work_struct *work);
static DECLARE_WORK(worker, peers_work);

/* Requests */

int peers_request(struct pin_request *req)
{
	struct pin_link *link;
	int ret;

	spin_lock(&chosen_lock);
	link = chosen;
	if (link)
		pin_link_get(link);
	spin_unlock(&chosen_lock);

	if (!link)
		return -ENODEV;
	ret = pin_link_request(link, req);
	pin_link_put(link);
	return ret;
}

static void choose(void)
{
	struct pin_link *lowest = NULL;
	unsigned int domid = DOMID_FIRST_RESERVED;
	struct peer *peer;

	list_for_each_entry(peer, &peers, list) {
		if (peer->link && peer->domid < domid) {
			lowest = peer->link;
			domid = peer->domid;
		}
	}
	spin_lock(&chosen_lock);
	chosen = lowest;
	spin_unlock(&chosen_lock);
}

/* One guest */

static void disconnect(struct peer *peer)
{
	struct pin_link *link = peer->link;

	if (!link)
		return;
	peer->link = NULL;
	choose(); /* before the link goes, so that no new request finds it */
	pin_link_close(link);
	pr_info("domain %u: let go\n", peer->domid);
}

/* A guest's text: any length, any bytes. */
static int read_number(const struct peer *peer, const char *key, u32 *number)
{
	char *text = xenbus_read(XBT_NIL, peer->home, key, NULL);
	int ret;

	if (IS_ERR(text))
		return PTR_ERR(text);
	ret = kstrtou32(text, 10, number);
	kfree(text);
	return ret;
}

static int read_offer(const struct peer *peer, struct pin_offer *offer)
{
	u32 version;
	int ret = read_number(peer, "abi-version", &version);

	offer->domid = peer->domid;
	if (ret == 0)
		ret = read_number(peer, "grant-ref", &offer->grant_ref);
	if (ret == 0)
		ret = read_number(peer, "event-channel", &offer->port);
	if (ret) {
		pr_warn("domain %u: not connected: a key below %s is missing or no number (%d)\n",
			peer->domid, peer->home, ret);
		return ret;
	}
	if (version != PIN_ABI_VERSION) {
		pr_warn("domain %u: not connected: it speaks ABI version %u, this module %u\n",
			peer->domid, version, PIN_ABI_VERSION);
		return -EPROTO;
	}
	return 0;
}

static void connect(struct peer *peer)
{
	struct pin_offer offer;
	struct pin_link *link;

	peer->refused = true;
	if (peer->tries > TRIES_MAX)
		return;
	if (peer->tries++ == TRIES_MAX) {
		pr_warn("domain %u: not connected: it came %u times already; create it anew\n",
			peer->domid, TRIES_MAX);
		return;
	}
	if (read_offer(peer, &offer))
		return;
	link = pin_link_open(&offer);
	if (IS_ERR(link))
		return;
	peer->refused = false;
	peer->link = link;
	choose();
	pr_info("domain %u: connected\n", peer->domid);
}

static bool says_ready(const struct peer *peer)
{
	char *state = xenbus_read(XBT_NIL, peer->home, "state", NULL);
	bool ready;

	if (IS_ERR(state))
		return false;
	ready = strcmp(state, "ready") == 0;
	kfree(state);
	return ready;
}

static void refresh(struct peer *peer)
{
	if (!says_ready(peer)) {
		peer->refused = false;
		disconnect(peer);
	} else if (!peer->link && !peer->refused) {
		connect(peer);
	}
}

static void state_fired(struct xenbus_watch *watch, const char *path,
			const char *token)
{
	struct peer *peer = container_of(watch, struct peer, watch);

	set_bit(PEER_CHANGED, &peer->flags);
	schedule_work(&worker);
}

static void add_peer(domid_t domid)
{
	struct peer *peer = kzalloc(sizeof(*peer), GFP_KERNEL);

	if (!peer)
		return;
	peer->domid = domid;
	peer->present = true;
	snprintf(peer->home, sizeof(peer->home), HOMES "/%u/data/erika-xen",
		 domid);
	snprintf(peer->state_path, sizeof(peer->state_path), "%s/state",
		 peer->home);
	peer->watch.node = peer->state_path;
	peer->watch.callback = state_fired;
	compat_bound_watch(&peer->watch);
	list_add_tail(&peer->list, &peers);
	if (register_xenbus_watch(&peer->watch)) {
		pr_warn("domain %u: cannot watch %s\n", domid, peer->state_path);
		list_del(&peer->list);
		kfree(peer);
	}
}

static void remove_peer(struct peer *peer)
{
	disconnect(peer); /* its waiters are waiting */
	unregister_xenbus_watch(&peer->watch);
	list_del(&peer->list);
	kfree(peer);
}

/* All domains */

static struct peer *find_peer(domid_t domid)
{
	struct peer *peer;

	list_for_each_entry(peer, &peers, list) {
		if (peer->domid == domid)
			return peer;
	}
	return NULL;
}

static void mark_present(const char *name)
{
	struct peer *peer;
	u16 domid;

	if (kstrtou16(name, 10, &domid) || domid == 0 ||
	    domid >= DOMID_FIRST_RESERVED)
		return;
	peer = find_peer(domid);
	if (peer)
		peer->present = true;
	else
		add_peer(domid);
}

/* A domain that was destroyed may keep its home for a moment: ask the channel. */
static void drop_dead_links(void)
{
	struct peer *peer;

	list_for_each_entry(peer, &peers, list) {
		if (peer->link && !pin_link_is_alive(peer->link))
			disconnect(peer);
	}
}

static void scan(void)
{
	struct peer *peer, *next;
	unsigned int count, i;
	char **names = xenbus_directory(XBT_NIL, HOMES, "", &count);

	if (IS_ERR(names)) {
		pr_warn("cannot list " HOMES " (%ld)\n", PTR_ERR(names));
		return;
	}
	list_for_each_entry(peer, &peers, list)
		peer->present = false;
	for (i = 0; i < count; i++)
		mark_present(names[i]);
	kfree(names);

	list_for_each_entry_safe(peer, next, &peers, list) {
		if (!peer->present)
			remove_peer(peer);
	}
}

static void drop_faulty_links(void)
{
	struct peer *peer;

	list_for_each_entry(peer, &peers, list) {
		if (peer->link && pin_link_is_faulty(peer->link)) {
			peer->refused = true;
			disconnect(peer);
		}
	}
}

static void domains_changed(struct xenbus_watch *watch, const char *path,
			    const char *token)
{
	set_bit(TODO_SCAN, &todo);
	schedule_work(&worker);
}

static struct xenbus_watch introduce_watch = {
	.node = "@introduceDomain",
	.callback = domains_changed,
};

static struct xenbus_watch release_watch = {
	.node = "@releaseDomain",
	.callback = domains_changed,
};

/* Each watch fires once when it is set, so this also starts the first scan. */
static void start(void)
{
	int ret;

	compat_bound_watch(&introduce_watch);
	compat_bound_watch(&release_watch);
	ret = register_xenbus_watch(&introduce_watch);
	if (ret)
		goto out;
	ret = register_xenbus_watch(&release_watch);
	if (ret) {
		unregister_xenbus_watch(&introduce_watch);
		goto out;
	}
	watching = true;
	return;
out:
	pr_err("cannot watch for domains (%d): no guest will be found; load the module again\n",
	       ret);
}

/* Ends of guests first: their waiters are waiting. */
static void peers_work(struct work_struct *work)
{
	struct peer *peer;

	if (READ_ONCE(stopping))
		return;
	if (test_and_clear_bit(TODO_START, &todo))
		start();
	drop_faulty_links();
	if (test_and_clear_bit(TODO_SCAN, &todo)) {
		drop_dead_links();
		scan();
	}
	list_for_each_entry(peer, &peers, list) {
		if (test_and_clear_bit(PEER_CHANGED, &peer->flags))
			refresh(peer);
	}
}

void peers_check_links(void)
{
	schedule_work(&worker);
}

static int xenstore_up(struct notifier_block *block, unsigned long event,
		       void *data)
{
	set_bit(TODO_START, &todo);
	schedule_work(&worker);
	return NOTIFY_DONE;
}

static struct notifier_block xenstore_notifier = {
	.notifier_call = xenstore_up,
};

int peers_init(void)
{
	return register_xenstore_notifier(&xenstore_notifier);
}

void peers_exit(void)
{
	struct peer *peer, *next;

	unregister_xenstore_notifier(&xenstore_notifier);
	WRITE_ONCE(stopping, true);
	cancel_work_sync(&worker); /* from here on all this is ours */

	list_for_each_entry(peer, &peers, list)
		disconnect(peer);
	list_for_each_entry_safe(peer, next, &peers, list)
		remove_peer(peer);
	if (watching) {
		unregister_xenbus_watch(&introduce_watch);
		unregister_xenbus_watch(&release_watch);
	}
	cancel_work_sync(&worker); /* no watch can queue it any more */
}
