# SPDX-License-Identifier: Apache-2.0
driver_gpio_srcs := drivers/gpio/sunxi.c
