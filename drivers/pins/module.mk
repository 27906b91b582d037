# SPDX-License-Identifier: Apache-2.0
driver_srcs += drivers/pins/pins.c drivers/pins/ring.c drivers/pins/publish.c
