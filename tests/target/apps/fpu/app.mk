# SPDX-License-Identifier: Apache-2.0
FPU_SRCS := float.c
