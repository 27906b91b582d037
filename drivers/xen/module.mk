# SPDX-License-Identifier: Apache-2.0
driver_srcs += \
	drivers/xen/xen.c \
	drivers/xen/evtchn.c \
	drivers/xen/evtchn_names.c \
	drivers/xen/gnttab.c \
	drivers/xen/gntmap.c \
	drivers/xen/xenstore.c \
	drivers/xen/xs_engine.c \
	drivers/xen/xs_connect.c \
	drivers/xen/xs_send.c \
	drivers/xen/xs_receive.c \
	drivers/xen/xs_ring.c \
	drivers/xen/pvconsole.c \
	drivers/xen/shutdown.c \
	drivers/xen/watchdog.c
driver_srcs += $(addprefix drivers/xen/,xen.c evtchn.c evtchn_names.c gnttab.c xenstore.c xs_engine.c xs_send.c \
	xs_receive.c xs_ring.c pvconsole.c shutdown.c wallclock.c watchdog.c)
