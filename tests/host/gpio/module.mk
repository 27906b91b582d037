# SPDX-License-Identifier: Apache-2.0
host_tests += test_gpio
test_gpio_srcs := tests/host/gpio/test_gpio.c drivers/gpio/sunxi.c
test_gpio_cflags := -Iarch/host/include -Itests/host/gpio/include
test_gpio_libs := -lcmocka
