# SPDX-License-Identifier: Apache-2.0
SRCS := ../extended/events.c
