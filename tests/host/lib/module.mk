# SPDX-License-Identifier: Apache-2.0
# Unit and fuzz tests of lib/, on this machine, and the device trees that they read.

lib_test_dtbs := $(patsubst tests/host/lib/dts/%.dts,build/tests/dtb/%.dtb,\
                   $(wildcard tests/host/lib/dts/*.dts))

build/tests/dtb/%.dtb: tests/host/lib/dts/%.dts
	@mkdir -p $(@D)
	$(Q)dtc -q -I dts -O dtb -o $@ $<

lib_test_headers := $(wildcard lib/*.h tests/host/lib/*.h)

host_tests += test_decimal
test_decimal_srcs := tests/host/lib/test_decimal.c lib/decimal.c
test_decimal_libs := -lcmocka
test_decimal_deps := $(lib_test_headers)

host_tests += test_dt
test_dt_srcs := tests/host/lib/test_dt.c tests/host/lib/dtb.c lib/dt.c
test_dt_libs := -lcmocka -lfdt
test_dt_deps := $(lib_test_dtbs) $(lib_test_headers)

host_tests += test_dt_fuzz
test_dt_fuzz_srcs := tests/host/lib/test_dt_fuzz.c tests/host/lib/dtb.c lib/dt.c
test_dt_fuzz_libs := -lcmocka -lfdt
test_dt_fuzz_deps := $(lib_test_dtbs) $(lib_test_headers)

host_tests += test_calendar
test_calendar_srcs := tests/host/lib/test_calendar.c lib/calendar.c
test_calendar_libs := -lcmocka
test_calendar_deps := $(lib_test_headers)

host_tests += test_fmt
test_fmt_srcs := tests/host/lib/test_fmt.c lib/fmt.c
test_fmt_libs := -lcmocka
test_fmt_deps := $(lib_test_headers)

host_tests += test_pqueue
test_pqueue_srcs := tests/host/lib/test_pqueue.c lib/pqueue.c
test_pqueue_libs := -lcmocka
test_pqueue_deps := $(lib_test_headers)

host_tests += test_ring
test_ring_srcs := tests/host/lib/test_ring.c
test_ring_libs := -lcmocka
test_ring_deps := $(lib_test_headers)
