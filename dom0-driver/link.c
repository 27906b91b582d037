// SPDX-License-Identifier: GPL-2.0-only
/*
 * One guest's connection. The mapping is dom0's own reference to the page: it
 * stays valid memory until it is unmapped here, whatever becomes of the guest.
 */
#define pr_fmt(fmt) "erika-xen: " fmt

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/kref.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <xen/events.h>
#include <xen/interface/event_channel.h>
#include <asm/xen/hypercall.h>

#include "grant.h"
#include "link.h"
#include "params.h"
#include "peers.h"
#include "ring.h"

struct pin_link {
	domid_t domid;
	struct pin_grant grant;
	evtchn_port_t port;	/* our end */
	int irq;

	spinlock_t lock;	/* the ring, but for its lockless questions */
	struct pin_ring ring;
	wait_queue_head_t answers;
	bool closing;		/* no request is sent any more; set under lock */
	bool faulty;		/* said so in the log; set under lock */
	int answered;		/* a writer found its answer since the last interrupt */

	struct kref users;	/* the owner and each request under way */
	struct completion unused;
};

/*
 * The interrupt is a hint to look. An event that brought nothing is reported as
 * spurious: a guest that sends many is then served later and later. On another CPU
 * a writer may have found its answer before the event came: that is not spurious.
 */
static irqreturn_t pin_link_interrupt(int irq, void *data)
{
	struct pin_link *link = data;
	bool useful = xchg(&link->answered, 0);

	if (pin_ring_progress(&link->ring)) {
		wake_up_all(&link->answers);
		useful = true;
	}
	xen_irq_lateeoi(irq, useful ? 0 : XEN_EOI_FLAG_SPURIOUS);
	return IRQ_HANDLED;
}

static int close_port(evtchn_port_t port)
{
	struct evtchn_close close = { .port = port };

	return HYPERVISOR_event_channel_op(EVTCHNOP_close, &close);
}

/* The bind_interdomain_... helpers want a xenbus_device, which this is not. */
static int bind(struct pin_link *link, u32 remote_port)
{
	struct evtchn_bind_interdomain bind = {
		.remote_dom = link->domid,
		.remote_port = remote_port,
	};
	int ret = HYPERVISOR_event_channel_op(EVTCHNOP_bind_interdomain, &bind);

	if (ret)
		return ret;
	link->port = bind.local_port;
	ret = bind_evtchn_to_irqhandler_lateeoi(link->port, pin_link_interrupt,
						0, "erika-xen", link);
	if (ret < 0) {
		close_port(link->port);
		return ret;
	}
	link->irq = ret;
	return 0;
}

static struct pin_link *alloc_link(domid_t domid)
{
	struct pin_link *link = kzalloc(sizeof(*link), GFP_KERNEL);

	if (!link)
		return NULL;
	link->domid = domid;
	spin_lock_init(&link->lock);
	init_waitqueue_head(&link->answers);
	kref_init(&link->users);
	init_completion(&link->unused);
	return link;
}

struct pin_link *pin_link_open(const struct pin_offer *offer)
{
	struct pin_link *link = alloc_link(offer->domid);
	int ret;

	if (!link)
		return ERR_PTR(-ENOMEM);

	ret = pin_grant_map(&link->grant, offer->domid, offer->grant_ref);
	if (ret) {
		pr_warn("domain %u: not connected: cannot map its page, grant reference %u (%d, GNTST %d)\n",
			offer->domid, offer->grant_ref, ret, link->grant.status);
		goto out_free;
	}
	ret = pin_ring_attach(&link->ring, link->grant.memory);
	if (ret) {
		pr_warn("domain %u: not connected: %s\n", offer->domid,
			link->ring.fault);
		goto out_unmap;
	}
	ret = bind(link, offer->port);
	if (ret) {
		pr_warn("domain %u: not connected: cannot bind its event channel %u (%d)\n",
			offer->domid, offer->port, ret);
		goto out_unmap;
	}
	return link;

out_unmap:
	pin_grant_unmap(&link->grant);
out_free:
	kfree(link);
	return ERR_PTR(ret);
}

void pin_link_get(struct pin_link *link)
{
	kref_get(&link->users);
}

static void last_user_gone(struct kref *users)
{
	complete(&container_of(users, struct pin_link, users)->unused);
}

void pin_link_put(struct pin_link *link)
{
	kref_put(&link->users, last_user_gone);
}

static void stop(struct pin_link *link)
{
	spin_lock(&link->lock);
	link->closing = true;
	spin_unlock(&link->lock);
	wake_up_all(&link->answers);
}

void pin_link_close(struct pin_link *link)
{
	stop(link);
	pin_link_put(link);
	wait_for_completion(&link->unused);
	unbind_from_irqhandler(link->irq, link); /* closes the port, too */
	pin_grant_unmap(&link->grant);
	kfree(link);
}

bool pin_link_is_faulty(const struct pin_link *link)
{
	return READ_ONCE(link->faulty);
}

bool pin_link_is_alive(const struct pin_link *link)
{
	struct evtchn_status status = { .dom = DOMID_SELF, .port = link->port };

	/* Xen takes a dying domain's ports away first; ours is unbound then. */
	return HYPERVISOR_event_channel_op(EVTCHNOP_status, &status) == 0 &&
	       status.status == EVTCHNSTAT_interdomain;
}

/* Logged once a link, whoever notices first; the worker then closes it. */
static void fail(struct pin_link *link, const char *why)
{
	bool first;

	spin_lock(&link->lock);
	first = !link->faulty;
	link->faulty = true;
	spin_unlock(&link->lock);

	if (first)
		pr_warn("domain %u: disconnected: %s\n", link->domid, why);
	stop(link);
	peers_check_links();
}

static int post(struct pin_link *link, struct pin_request *req)
{
	int ret;

	spin_lock(&link->lock);
	ret = link->closing ? -ENODEV : pin_ring_post(&link->ring, req);
	spin_unlock(&link->lock);

	if (ret == -EPROTO) {
		fail(link, link->ring.fault);
		return -EIO;
	}
	if (ret == 0)
		notify_remote_via_irq(link->irq);
	return ret;
}

static bool over(struct pin_link *link, u32 id)
{
	return pin_ring_settled(&link->ring, id) || READ_ONCE(link->closing);
}

/* 0: settled; or why the caller waits no longer. */
static int wait(struct pin_link *link, u32 id)
{
	long left = wait_event_killable_timeout(link->answers, over(link, id),
						params_timeout());

	if (left < 0)
		return -EINTR;
	if (left == 0)
		return -ETIMEDOUT;
	if (READ_ONCE(link->closing))
		return -ENODEV;
	WRITE_ONCE(link->answered, 1); /* while the ring still says that we wait */
	return 0;
}

static enum pin_ring_end finish(struct pin_link *link, struct pin_request *req)
{
	enum pin_ring_end end;

	spin_lock(&link->lock);
	end = pin_ring_finish(&link->ring, req);
	spin_unlock(&link->lock);
	return end;
}

static void abandon(struct pin_link *link, const struct pin_request *req)
{
	spin_lock(&link->lock);
	pin_ring_abandon(&link->ring, req->id);
	spin_unlock(&link->lock);
}

int pin_link_request(struct pin_link *link, struct pin_request *req)
{
	const char *fault = "a request was answered, and then was not";
	enum pin_ring_end end;
	int why = post(link, req);

	if (why)
		return why;

	why = wait(link, req->id);
	end = finish(link, req);
	if (end == PIN_RING_TAKEN && why == -ETIMEDOUT) {
		/* The guest is at it, or was stopped at it: one more wait. */
		why = wait(link, req->id);
		end = finish(link, req);
	}

	switch (end) {
	case PIN_RING_ANSWERED:
		return req->status;
	case PIN_RING_CANCELLED:
		if (why)
			return why;
		break;
	case PIN_RING_TAKEN:
		abandon(link, req);
		if (why == -ETIMEDOUT)
			fault = "took a request and does not answer; outcome unknown";
		else if (why)
			return why;
		break;
	default:
		fault = link->ring.fault;
		break;
	}
	fail(link, fault);
	return -EIO;
}
