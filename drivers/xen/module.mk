# SPDX-License-Identifier: Apache-2.0
driver_srcs += $(addprefix drivers/xen/,xen.c evtchn.c evtchn_names.c gnttab.c gntmap.c xenstore.c xs_engine.c xs_send.c \
	xs_receive.c xs_ring.c pvconsole.c shutdown.c)
driver_srcs += $(addprefix drivers/xen/,xen.c evtchn.c evtchn_names.c gnttab.c xenstore.c xs_engine.c xs_send.c \
	xs_receive.c xs_ring.c pvconsole.c shutdown.c watchdog.c)
driver_srcs += $(addprefix drivers/xen/,xen.c evtchn.c evtchn_names.c gnttab.c xenstore.c xs_engine.c xs_send.c \
	xs_receive.c xs_ring.c xs_connect.c pvconsole.c shutdown.c)
