/* SPDX-License-Identifier: Apache-2.0
 *
 * Xen's public headers, included in this one place: constants, structs and names of Xen's interface
 * come from them and from nowhere else. They are not part of this project: <xen/...> is Debian's
 * libxen-dev, found through build/include/xen.
 *
 * The interface is ARM's also where this is compiled for a PC (unit tests against a fake Xen):
 * words of event channels, frame numbers and guest handles have 64 bits (fact M3).
 */
#ifndef XEN_ABI_H
#define XEN_ABI_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

/* xs_wire.h's table of errors wants every one of these names; a small errno.h may lack some that
 * nobody else needs. */
#ifndef ENOTEMPTY
#define ENOTEMPTY 39
#endif

/* The interface as of this version: without it the headers give that of the year 2005. */
#define __XEN_INTERFACE_VERSION__ 0x00040e00

#pragma push_macro("__x86_64__")
#pragma push_macro("__i386__")
#undef __x86_64__
#undef __i386__
#if !defined(__arm__) && !defined(__aarch64__)
#define __aarch64__ 1
#define XEN_ABI_PRETENDS_ARM
#endif

#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/hvm/hvm_op.h>
#include <xen/hvm/params.h>
#include <xen/io/blkif.h>
#include <xen/io/console.h>
#include <xen/io/libxenvchan.h>
#include <xen/io/protocols.h>
#include <xen/io/xenbus.h>
#include <xen/io/xs_wire.h>
#include <xen/memory.h>
#include <xen/sched.h>
#include <xen/version.h>

#ifdef XEN_ABI_PRETENDS_ARM
#undef __aarch64__
#undef XEN_ABI_PRETENDS_ARM
#endif
#pragma pop_macro("__x86_64__")
#pragma pop_macro("__i386__")

_Static_assert(sizeof(xen_ulong_t) == 8 && sizeof(xen_pfn_t) == 8, "M3: not the ARM interface");
_Static_assert(sizeof(struct shared_info) <= 4096, "shared_info is one page");

#endif
