# SPDX-License-Identifier: Apache-2.0
driver_srcs += $(wildcard drivers/xen/*.c)
