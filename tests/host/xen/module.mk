# SPDX-License-Identifier: Apache-2.0
# Unit tests of drivers/xen against a fake Xen, a fake xenstored and a fake of the few OS services they call.

xen_test_fakes := $(addprefix tests/host/xen/,fake_os.c fake_xen.c fake_store.c)
# The store's client, in its parts, and what it speaks through.
xen_test_store := drivers/xen/evtchn.c drivers/xen/xenstore.c $(wildcard drivers/xen/xs_*.c) lib/fmt.c lib/decimal.c
xen_test_fakes := $(addprefix tests/host/xen/,fake_os.c fake_xen.c)
# The store's client, in its parts.
xen_test_store := drivers/xen/xenstore.c $(wildcard drivers/xen/xs_*.c) lib/fmt.c
xen_test_cflags := -D_GNU_SOURCE -Itests/host/xen/include -Iarch/host/include -Itests/host/xen/cfg

# $(call xen_test,NAME,DRIVERS,MORE): tests/host/xen/NAME.c with these files of drivers/xen, and more
define xen_test
host_tests += $(1)
$(1)_group := xen
$(1)_srcs := tests/host/xen/$(1).c $(xen_test_fakes) $(xen_test_store) $(addprefix drivers/xen/,$(2)) $(3)
$(1)_cflags := -D_GNU_SOURCE -Iarch/host/include -Itests/host/xen/cfg
$(1)_libs := -lcmocka -lfdt
endef

$(eval $(call xen_test,test_evtchn))
$(eval $(call xen_test,test_evtchn_random))
$(eval $(call xen_test,test_xenstore))
$(eval $(call xen_test,test_xenstore_calls))
$(eval $(call xen_test,test_xenstore_random))
$(eval $(call xen_test,test_xen,xen.c,lib/dt.c))
$(eval $(call xen_test,test_gnttab,gnttab.c))
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
host_tests += test_xenstore_calls
test_xenstore_calls_srcs := tests/host/xen/test_xenstore_calls.c tests/host/xen/fake_store.c $(xen_test_fakes) \
	$(xen_test_store) drivers/xen/evtchn.c
test_xenstore_calls_cflags := $(xen_test_cflags)
test_xenstore_calls_libs := -lcmocka

host_tests += test_gnttab
test_gnttab_srcs := tests/host/xen/test_gnttab.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c gnttab.c)
test_gnttab_cflags := $(xen_test_cflags)
test_gnttab_libs := -lcmocka

host_tests += test_xen_threads
test_xen_threads_srcs := tests/host/xen/test_xen_threads.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c gnttab.c)
test_xen_threads_cflags := $(xen_test_cflags) -pthread
test_xen_threads_libs := -lcmocka -pthread

host_tests += test_gntmap
test_gntmap_srcs := tests/host/xen/test_gntmap.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c gntmap.c)
test_gntmap_cflags := $(xen_test_cflags)
test_gntmap_libs := -lcmocka

channel_test_srcs := tests/host/xen/fake_vchan.c tests/host/xen/fake_store.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c gnttab.c gntmap.c channel.c channel_server.c channel_client.c channel_ring.c) \
	lib/decimal.c

host_tests += test_channel_server
test_channel_server_srcs := tests/host/xen/test_channel_server.c $(channel_test_srcs)
test_channel_server_cflags := $(xen_test_cflags)
test_channel_server_libs := -lcmocka

host_tests += test_channel_client
test_channel_client_srcs := tests/host/xen/test_channel_client.c $(channel_test_srcs)
test_channel_client_cflags := $(xen_test_cflags)
test_channel_client_libs := -lcmocka

host_tests += test_channel_random
test_channel_random_srcs := tests/host/xen/test_channel_random.c $(channel_test_srcs)
test_channel_random_cflags := $(xen_test_cflags)
test_channel_random_libs := -lcmocka

host_tests += test_pvconsole
test_pvconsole_srcs := tests/host/xen/test_pvconsole.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c pvconsole.c)
test_pvconsole_cflags := $(xen_test_cflags)
test_pvconsole_libs := -lcmocka

host_tests += test_shutdown
test_shutdown_srcs := tests/host/xen/test_shutdown.c tests/host/xen/fake_store.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c shutdown.c)
test_shutdown_cflags := $(xen_test_cflags)
test_shutdown_libs := -lcmocka

host_tests += test_xen
test_xen_srcs := tests/host/xen/test_xen.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c xen.c) lib/dt.c
test_xen_cflags := $(xen_test_cflags)
test_xen_libs := -lcmocka -lfdt

host_tests += test_xenstore_random
test_xenstore_random_srcs := tests/host/xen/test_xenstore_random.c tests/host/xen/fake_store.c $(xen_test_fakes) \
	$(xen_test_store) drivers/xen/evtchn.c
test_xenstore_random_cflags := $(xen_test_cflags)
test_xenstore_random_libs := -lcmocka

host_tests += test_evtchn_random
test_evtchn_random_srcs := tests/host/xen/test_evtchn_random.c $(xen_test_fakes) $(xen_test_store) drivers/xen/evtchn.c
test_evtchn_random_cflags := $(xen_test_cflags)
test_evtchn_random_libs := -lcmocka

host_tests += test_watchdog
test_watchdog_srcs := tests/host/xen/test_watchdog.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c watchdog.c)
test_watchdog_cflags := $(xen_test_cflags)
test_watchdog_libs := -lcmocka

host_tests += test_wallclock
test_wallclock_srcs := tests/host/xen/test_wallclock.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c wallclock.c)
test_wallclock_cflags := $(xen_test_cflags)
test_wallclock_libs := -lcmocka
host_tests += test_xenbus
test_xenbus_srcs := tests/host/xen/test_xenbus.c tests/host/xen/fake_store.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c xenbus.c xb_step.c) lib/decimal.c
test_xenbus_cflags := $(xen_test_cflags)
test_xenbus_libs := -lcmocka

host_tests += test_blkfront
test_blkfront_srcs := tests/host/xen/test_blkfront.c tests/host/xen/fake_store.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c gnttab.c xenbus.c xb_step.c blkfront.c) lib/decimal.c
test_blkfront_cflags := $(xen_test_cflags)
test_blkfront_libs := -lcmocka

host_tests += test_report
test_report_srcs := tests/host/xen/test_report.c tests/host/xen/fake_store.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,evtchn.c report.c) lib/fmt.c
test_report_cflags := $(xen_test_cflags)
test_report_libs := -lcmocka

# All drivers at once, under attack.
host_tests += test_hostile_xen
test_hostile_xen_srcs := $(wildcard tests/host/xen/hostile_*.c) tests/host/xen/test_hostile_xen.c \
	tests/host/xen/fake_vchan.c $(xen_test_fakes) $(xen_test_store) \
	$(addprefix drivers/xen/,gnttab.c gntmap.c pvconsole.c channel.c channel_server.c channel_ring.c xenbus.c \
	xb_step.c blkfront.c) $(addprefix drivers/pins/,pins.c publish.c ring.c)
test_hostile_xen_cflags := -D_GNU_SOURCE -Iarch/host/include -Iabi -Itests/host/xen/hostile_cfg
test_hostile_xen_libs := -lcmocka
