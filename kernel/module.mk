# SPDX-License-Identifier: Apache-2.0
# The kernel is compiled once per application, with that application's os_cfg.h in front.
# It uses lib/pqueue.c, which every application shares.
kernel_srcs := \
	kernel/action.c \
	kernel/alarm.c \
	kernel/counter.c \
	kernel/error.c \
	kernel/event.c \
	kernel/interrupt.c \
	kernel/ready.c \
	kernel/reciprocal.c \
	kernel/resource.c \
	kernel/sched.c \
	kernel/schedtable.c \
	kernel/stack.c \
	kernel/start.c \
	kernel/task.c \
	kernel/timebase.c
