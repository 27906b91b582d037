# SPDX-License-Identifier: Apache-2.0
# The application of tests/target/apps/names as a program of this machine: the names are legal on both ports.
host_tests += test_names
test_names_srcs := tests/target/apps/names/main.c $(kernel_srcs) lib/pqueue.c $(wildcard arch/host/*.c)
test_names_oil := tests/target/apps/names/app.oil
test_names_cflags := -Iarch/host/include -ffunction-sections -fdata-sections
test_names_libs := -Wl,--gc-sections
