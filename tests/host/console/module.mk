# SPDX-License-Identifier: Apache-2.0
# Unit tests of drivers/console, on this machine.

host_tests += test_console
test_console_srcs := tests/host/console/test_console.c lib/fmt.c
test_console_cflags := -Iarch/host/include
test_console_libs := -lcmocka
