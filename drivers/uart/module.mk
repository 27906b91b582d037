# SPDX-License-Identifier: Apache-2.0
driver_srcs += drivers/uart/pl011.c
