/* SPDX-License-Identifier: Apache-2.0
 *
 * XenBus's requests: see xb_step.h.
 */
#include "drivers/xen/xb_step.h"

#include <string.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/abi.h"

#define NAME_BYTES 32u /* slash, name and NUL behind a path */

struct step {
    int (*start)(struct xenbus_device *dev);
    void (*ended)(struct xenbus_device *dev, int status);
};
static const struct step steps[];

static void ended(struct xs_request *req)
{
    struct xenbus_device *dev = req->context;

    steps[dev->step].ended(dev, req->status);
}

void xb_go(struct xenbus_device *dev, enum xb_step step)
{
    int rc;

    dev->step = (uint8_t)step;
    rc = steps[step].start(dev);
    if (rc != 0)
        xb_failed(dev, rc);
}

/* ---- paths and values ---- */

bool xb_is_path(const char *path)
{
    return path != NULL && *path != 0 && strlen(path) <= XENBUS_PATH_BYTES - NAME_BYTES;
}

/* @return its end, where the NUL is */
static char *append(char *to, const char *text)
{
    while (*text != 0)
        *to++ = *text++;
    *to = 0;
    return to;
}

static void join(char node[XENBUS_PATH_BYTES], const char *path, const char *name)
{
    char *end = append(node, path);

    *end++ = '/';
    (void)append(end, name);
}

static int read_value(struct xenbus_device *dev, const char *path, const char *name)
{
    join(dev->node, path, name);
    return xs_read(&dev->req, dev->node, dev->value, sizeof(dev->value), ended);
}

static int write_value(struct xenbus_device *dev, const char *name, const char *text)
{
    join(dev->node, dev->path, name);
    return xs_write(&dev->req, dev->node, text, strlen(text), ended);
}

/* A value is what the other side likes: it may hold NUL bytes. */
static bool is_text(const struct xenbus_device *dev)
{
    return strlen(dev->value) == dev->req.len;
}

static bool parse(const struct xenbus_device *dev, uint64_t max, uint64_t *number)
{
    return is_text(dev) && decimal_parse(dev->value, max, number);
}

/* Who writes garbage there has lost his way, and may hold our pages: he is closing, for us. */
static uint8_t parse_state(const struct xenbus_device *dev)
{
    uint64_t number = XenbusStateClosing;

    if (!parse(dev, XenbusStateReconfigured, &number))
        printk("xenbus: %s: '%s' is no state\n", dev->node, dev->value);
    return (uint8_t)number;
}

/* Whom a node's parents are hidden from, him xenstored does not tell either what is missing. */
static bool is_missing(int status)
{
    return status == -ENOENT || status == -EACCES;
}

/* ---- our own node ---- */

static void node_changed(struct xs_watch *watch, const char *path)
{
    struct xenbus_device *dev = watch->context;

    (void)path;
    dev->look = true;
    xb_advance(dev);
}

static int watch_node(struct xenbus_device *dev)
{
    (void)append(dev->node, dev->path);
    dev->own.path = dev->path;
    dev->own.fired = node_changed;
    dev->own.context = dev;
    return xs_watch(&dev->req, &dev->own, ended);
}

static void watched_node(struct xenbus_device *dev, int status)
{
    if (status != 0) {
        xb_failed(dev, status);
        return;
    }
    dev->watching_own = true;
    xb_advance(dev);
}

static int look(struct xenbus_device *dev)
{
    dev->look = false;
    return read_value(dev, dev->path, "state");
}

static void looked(struct xenbus_device *dev, int status)
{
    uint8_t state;

    if (status == -ENOENT) {
        xb_vanished(dev);
        return;
    }
    if (status != 0 && status != -EOVERFLOW) {
        xb_failed(dev, status);
        return;
    }
    state = parse_state(dev);
    if (!dev->present) {
        dev->state = state;
        xb_go(dev, XB_FIND);
    } else if (state == dev->state) {
        xb_advance(dev);
    } else { /* what we have not written: the toolstack has made the node anew */
        dev->look = true;
        xb_vanished(dev);
    }
}

/* ---- the backend's ---- */

static int find(struct xenbus_device *dev)
{
    return read_value(dev, dev->path, "backend");
}

static void found(struct xenbus_device *dev, int status)
{
    if (status != 0 && status != -EOVERFLOW) {
        xb_failed(dev, status);
    } else if (!is_text(dev) || dev->value[0] != '/' || !xb_is_path(dev->value)) {
        xb_failed(dev, -EPROTO);
    } else {
        memcpy(dev->backend, dev->value, sizeof(dev->backend));
        xb_go(dev, XB_FIND_DOMAIN);
    }
}

static int find_domain(struct xenbus_device *dev)
{
    return read_value(dev, dev->path, "backend-id");
}

static void found_domain(struct xenbus_device *dev, int status)
{
    uint64_t id = 0;

    if (status != 0 && status != -EOVERFLOW) {
        xb_failed(dev, status);
    } else if (!parse(dev, DOMID_FIRST_RESERVED - 1, &id)) {
        xb_failed(dev, -EPROTO);
    } else {
        dev->backend_id = (uint16_t)id;
        xb_go(dev, XB_WATCH_BACKEND);
    }
}

static void backend_changed(struct xs_watch *watch, const char *path)
{
    struct xenbus_device *dev = watch->context;

    (void)path;
    dev->peek = true;
    xb_advance(dev);
}

static int watch_backend(struct xenbus_device *dev)
{
    join(dev->node, dev->backend, "state");
    memcpy(dev->backend_state_path, dev->node, sizeof(dev->backend_state_path));
    dev->other.path = dev->backend_state_path;
    dev->other.fired = backend_changed;
    dev->other.context = dev;
    return xs_watch(&dev->req, &dev->other, ended);
}

static void watched_backend(struct xenbus_device *dev, int status)
{
    if (status != 0) {
        xb_failed(dev, status);
        return;
    }
    dev->present = true;
    dev->watching_other = true;
    dev->peek = true;
    if (dev->state == XenbusStateInitialising) {
        xb_advance(dev);
    } else { /* what an earlier system of this guest, or nobody, has written */
        dev->next_state = XenbusStateInitialising;
        xb_go(dev, XB_SWITCH);
    }
}

static int unwatch_backend(struct xenbus_device *dev)
{
    return xs_unwatch(&dev->req, &dev->other, ended);
}

/* Whether or not the store has heard it: `other` fires no more. */
static void unwatched_backend(struct xenbus_device *dev, int status)
{
    (void)status;
    dev->watching_other = false;
    xb_advance(dev);
}

static int peek(struct xenbus_device *dev)
{
    dev->peek = false;
    return read_value(dev, dev->backend, "state");
}

static void peeked(struct xenbus_device *dev, int status)
{
    uint8_t state = XenbusStateUnknown;

    if (status != 0 && status != -EOVERFLOW && !is_missing(status)) {
        xb_failed(dev, status);
        return;
    }
    if (!is_missing(status))
        state = parse_state(dev);
    if (state != dev->backend_state)
        xb_backend_changed(dev, state);
    xb_advance(dev);
}

/* ---- what each tells the other ---- */

static int write_key(struct xenbus_device *dev)
{
    const struct xenbus_key *key = &dev->keys[dev->index];

    if (key->text != NULL)
        return write_value(dev, key->name, key->text);
    (void)decimal_print(dev->value, key->number);
    return write_value(dev, key->name, dev->value);
}

static void key_written(struct xenbus_device *dev, int status)
{
    if (status != 0) {
        xb_failed(dev, status);
    } else if (++dev->index < dev->key_count) {
        xb_go(dev, XB_KEY);
    } else {
        dev->next_state = XenbusStateInitialised;
        xb_go(dev, XB_SWITCH);
    }
}

static int read_number(struct xenbus_device *dev)
{
    return read_value(dev, dev->backend, dev->driver->properties[dev->index].name);
}

static void number_read(struct xenbus_device *dev, int status)
{
    const struct xenbus_property *property = &dev->driver->properties[dev->index];
    uint64_t *value = &dev->values[dev->index];

    *value = 0;
    if (status != 0 && status != -EOVERFLOW && !is_missing(status)) {
        xb_failed(dev, status);
    } else if (is_missing(status) ? property->required : !parse(dev, UINT64_MAX, value)) {
        printk("xenbus: %s: missing or no number\n", dev->node);
        xb_properties(dev, -EPROTO);
    } else if (++dev->index < dev->driver->property_count) {
        xb_go(dev, XB_NUMBER);
    } else {
        xb_properties(dev, 0);
    }
}

static int write_state(struct xenbus_device *dev)
{
    (void)decimal_print(dev->value, dev->next_state);
    return write_value(dev, "state", dev->value);
}

static void state_written(struct xenbus_device *dev, int status)
{
    if (status != 0)
        xb_failed(dev, status);
    else
        xb_switched(dev);
}

static const struct step steps[] = {
    [XB_WATCH_NODE] = {watch_node, watched_node},
    [XB_LOOK] = {look, looked},
    [XB_FIND] = {find, found},
    [XB_FIND_DOMAIN] = {find_domain, found_domain},
    [XB_WATCH_BACKEND] = {watch_backend, watched_backend},
    [XB_UNWATCH_BACKEND] = {unwatch_backend, unwatched_backend},
    [XB_PEEK] = {peek, peeked},
    [XB_KEY] = {write_key, key_written},
    [XB_NUMBER] = {read_number, number_read},
    [XB_SWITCH] = {write_state, state_written},
};
