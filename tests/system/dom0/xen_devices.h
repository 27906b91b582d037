/* SPDX-License-Identifier: Apache-2.0
 *
 * Linux's interfaces to Xen for programs, /dev/xen/evtchn and /dev/xen/gntdev. Each function ends
 * the program with status 2 if it fails: a test cannot begin then.
 */
#ifndef XEN_DEVICES_H
#define XEN_DEVICES_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

/* Linux's two headers leave these to Xen's own, which declare much more. */
typedef uint16_t domid_t;
typedef uint32_t grant_ref_t;

#include <xen/evtchn.h>
#include <xen/gntdev.h>

#define PAGE_BYTES 4096u

static inline void die(const char *what)
{
    printf("%s: %s\n", what, strerror(errno));
    exit(2);
}

/** Not blocking; closed with the program. */
static inline int open_device(const char *path)
{
    const int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        die(path);
    return fd;
}

/** A page that a domain lends, to be read and written. */
static inline void *map_page(uint32_t domid, uint32_t grant)
{
    const int fd = open_device("/dev/xen/gntdev");
    struct ioctl_gntdev_map_grant_ref map = {.count = 1,
                                             .refs = {{.domid = (domid_t)domid, .ref = grant}}};
    void *page;

    if (ioctl(fd, IOCTL_GNTDEV_MAP_GRANT_REF, &map) != 0)
        die("map grant");
    page = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)map.index);
    if (page == MAP_FAILED)
        die("mmap");
    return page;
}

/** Our end of a domain's port. @param events an open /dev/xen/evtchn */
static inline uint32_t bind_port(int events, uint32_t domid, uint32_t remote)
{
    struct ioctl_evtchn_bind_interdomain bind = {.remote_domain = domid, .remote_port = remote};
    const int local = ioctl(events, IOCTL_EVTCHN_BIND_INTERDOMAIN, &bind);

    if (local < 0)
        die("bind port");
    return (uint32_t)local;
}

/** Send an event to the other end. */
static inline void notify_port(int events, uint32_t local)
{
    struct ioctl_evtchn_notify notify = {.port = local};

    if (ioctl(events, IOCTL_EVTCHN_NOTIFY, &notify) != 0)
        die("send");
}

#endif
