# SPDX-License-Identifier: Apache-2.0
lib_srcs := \
	lib/calendar.c \
	lib/decimal.c \
	lib/dt.c \
	lib/fmt.c \
	lib/pqueue.c
