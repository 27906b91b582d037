# SPDX-License-Identifier: Apache-2.0
driver_srcs += $(addprefix drivers/console/,console.c input.c)
