# SPDX-License-Identifier: Apache-2.0
lib_srcs := $(wildcard lib/*.c)
