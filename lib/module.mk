# SPDX-License-Identifier: Apache-2.0
lib_srcs := lib/dt.c lib/fmt.c lib/pqueue.c
