# SPDX-License-Identifier: Apache-2.0
# The pin protocol: its two halves, the guest's and the module's, and the guest's service as a whole.

pin_rings_srcs := drivers/pins/ring.c dom0-driver/ring.c
pin_rings_cflags := -Iarch/host/include -Iabi -Itests/host/pins/shim

host_tests += test_pin_rings
test_pin_rings_srcs := tests/host/pins/test_pin_rings.c $(pin_rings_srcs)
test_pin_rings_cflags := $(pin_rings_cflags)
test_pin_rings_libs := -lcmocka

host_tests += test_pin_hostile
test_pin_hostile_srcs := tests/host/pins/test_pin_hostile.c $(pin_rings_srcs)
test_pin_hostile_cflags := $(pin_rings_cflags)
test_pin_hostile_libs := -lcmocka

host_tests += test_pins
test_pins_srcs := tests/host/pins/test_pins.c lib/decimal.c drivers/pins/pins.c drivers/pins/publish.c drivers/xen/evtchn_open.c $(pin_rings_srcs)
test_pins_cflags := $(pin_rings_cflags) -Itests/host/pins/cfg
test_pins_libs := -lcmocka

host_tests += test_pin_threads
test_pin_threads_srcs := tests/host/pins/test_pin_threads.c $(pin_rings_srcs)
test_pin_threads_cflags := $(pin_rings_cflags) -pthread
test_pin_threads_libs := -lcmocka -pthread
