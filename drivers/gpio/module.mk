# SPDX-License-Identifier: Apache-2.0
driver_srcs += drivers/gpio/sunxi.c
