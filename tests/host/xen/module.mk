# SPDX-License-Identifier: Apache-2.0
# Unit tests of drivers/xen against a fake Xen, a fake xenstored and a fake of the few OS services they call.

xen_test_fakes := $(addprefix tests/host/xen/,fake_os.c fake_xen.c fake_store.c)
# The store's client, in its parts, and what it speaks through.
xen_test_store := drivers/xen/evtchn.c drivers/xen/evtchn_open.c drivers/xen/xenstore.c $(wildcard drivers/xen/xs_*.c) lib/fmt.c lib/decimal.c

# $(call xen_test,NAME,DRIVERS,MORE): tests/host/xen/NAME.c with these files of drivers/xen, and more
define xen_test
host_tests += $(1)
$(1)_group := xen
$(1)_srcs := tests/host/xen/$(1).c $(xen_test_fakes) $(xen_test_store) $(addprefix drivers/xen/,$(2)) $(3)
$(1)_cflags := -D_GNU_SOURCE -pthread -Itests/host/xen/include -Iarch/host/include -Itests/host/xen/cfg
$(1)_libs := -lcmocka -lfdt -pthread
endef

$(eval $(call xen_test,test_evtchn))
$(eval $(call xen_test,test_evtchn_random))
$(eval $(call xen_test,test_xenstore))
$(eval $(call xen_test,test_xenstore_calls))
$(eval $(call xen_test,test_xenstore_random))
$(eval $(call xen_test,test_xen,xen.c,lib/dt.c))
$(eval $(call xen_test,test_gnttab,gnttab.c))
$(eval $(call xen_test,test_xen_threads,gnttab.c))
$(eval $(call xen_test,test_gntmap,gntmap.c))
$(eval $(call xen_test,test_pvconsole,pvconsole.c))
$(eval $(call xen_test,test_shutdown,shutdown.c))
$(eval $(call xen_test,test_watchdog,watchdog.c))
$(eval $(call xen_test,test_wallclock,wallclock.c))
$(eval $(call xen_test,test_report,report.c))
$(eval $(call xen_test,test_xenbus,xenbus.c xb_step.c))
$(eval $(call xen_test,test_blkfront,gnttab.c xenbus.c xb_step.c blkfront.c))

channel_test_drivers := gnttab.c gntmap.c channel.c channel_server.c channel_client.c channel_ring.c
$(foreach t,server client random,$(eval $(call xen_test,test_channel_$(t),$(channel_test_drivers),tests/host/xen/fake_vchan.c)))

# All drivers at once, under attack.
host_tests += test_hostile_xen
test_hostile_xen_srcs := $(wildcard tests/host/xen/hostile_*.c) tests/host/xen/test_hostile_xen.c \
	tests/host/xen/fake_vchan.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,gnttab.c gntmap.c pvconsole.c channel.c channel_server.c channel_ring.c xenbus.c \
	xb_step.c blkfront.c) $(addprefix drivers/pins/,pins.c publish.c ring.c)
test_hostile_xen_cflags := -D_GNU_SOURCE -Itests/host/xen/include -Iarch/host/include -Iabi -Itests/host/xen/hostile_cfg
test_hostile_xen_libs := -lcmocka
