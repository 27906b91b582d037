# SPDX-License-Identifier: Apache-2.0
# The OIL compiler, a program of this machine. flex and bison write below build/.
oilc     := $(BUILD)/tools/oilc
oilc_dir := $(BUILD)/tools/oilc.d
oilc_srcs := $(wildcard tools/oilc/*.c)
oilc_objs := $(patsubst tools/oilc/%.c,$(oilc_dir)/%.o,$(oilc_srcs)) $(oilc_dir)/parse.o $(oilc_dir)/lex.o
OILC_CFLAGS := -std=c11 -g -O2 $(WARNINGS) -I. -Itools/oilc -I$(oilc_dir)

$(oilc_dir)/parse.c $(oilc_dir)/parse.h &: tools/oilc/parse.y
	$(Q)mkdir -p $(@D)
	$(Q)bison --defines=$(oilc_dir)/parse.h -o $(oilc_dir)/parse.c $<
$(oilc_dir)/lex.c $(oilc_dir)/lex.h &: tools/oilc/lex.l $(oilc_dir)/parse.h
	$(Q)flex --header-file=$(oilc_dir)/lex.h -o $(oilc_dir)/lex.c $<
$(oilc_dir)/%.o: tools/oilc/%.c $(oilc_dir)/parse.h $(oilc_dir)/lex.h
	$(Q)$(HOSTCC) $(OILC_CFLAGS) -MMD -MP -c -o $@ $<
$(oilc_dir)/parse.o $(oilc_dir)/lex.o: $(oilc_dir)/%.o: $(oilc_dir)/%.c $(oilc_dir)/parse.h $(oilc_dir)/lex.h
	$(Q)$(HOSTCC) $(OILC_CFLAGS) -MMD -MP -c -o $@ $<
$(oilc_dir)/standard.o: tools/oilc/erika-xen.oil
$(oilc): $(oilc_objs)
	$(call say,LD   $@)
	$(Q)$(HOSTCC) -o $@ $^
-include $(oilc_objs:.o=.d)
