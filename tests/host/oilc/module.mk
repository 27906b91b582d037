# SPDX-License-Identifier: Apache-2.0
# The OIL compiler inside a test program: all of it but its command line and its files.

oilc_inside := $(filter-out %/main.c %/output.c %/file.c,$(oilc_srcs)) $(oilc_dir)/parse.c $(oilc_dir)/lex.c

host_tests += test_oilc_texts
test_oilc_texts_srcs := tests/host/oilc/test_oilc_texts.c tests/host/oilc/texts.c $(oilc_inside)
test_oilc_texts_cflags := -Itools/oilc -I$(oilc_dir)
test_oilc_texts_libs := -lcmocka
$(patsubst %.c,$(BUILD)/tests/obj/test_oilc_texts/%.o,$(test_oilc_texts_srcs)): | $(oilc_dir)/parse.h $(oilc_dir)/lex.h
$(BUILD)/tests/obj/test_oilc_texts/tools/oilc/standard.o: tools/oilc/erika-xen.oil
