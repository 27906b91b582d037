# SPDX-License-Identifier: Apache-2.0
# Unit tests of drivers/uart: the register accessors are a model of the device.

host_tests += test_pl011
test_pl011_srcs := tests/host/uart/test_pl011.c drivers/console/input.c lib/fmt.c
test_pl011_cflags := -Iarch/host/include -Itests/host/console/cfg
test_pl011_libs := -lcmocka
