/* SPDX-License-Identifier: Apache-2.0
 *
 * Linux's interfaces to Xen for programs: /dev/xen/evtchn and /dev/xen/gntdev. Its headers leave
 * two types to Xen's own, which declare much more.
 */
#ifndef XEN_DEVICES_H
#define XEN_DEVICES_H

#include <stdint.h>
#include <sys/ioctl.h>

typedef uint16_t domid_t;
typedef uint32_t grant_ref_t;

#include <xen/evtchn.h>
#include <xen/gntdev.h>

#endif
