# SPDX-License-Identifier: Apache-2.0
# Unit tests of the kernel on arch/host: one program a configuration. What a configuration does not use is not
# linked, as on the target.

kernel_test_srcs := $(kernel_srcs) lib/pqueue.c arch/host/machine.c arch/host/switch.c

# $(call kernel_test,NAME,OIL FILE,SOURCES)
define kernel_test
host_tests += $(1)
$(1)_srcs := $(addprefix tests/host/kernel/,$(3)) $(kernel_test_srcs)
$(1)_oil := $(2)
$(1)_cflags := -Iarch/host/include -ffunction-sections -fdata-sections
$(1)_libs := -lcmocka -Wl,--gc-sections
endef

kernel_test_oil = tests/host/kernel/$(1).oil
$(eval $(call kernel_test,test_kernel_isr,$(call kernel_test_oil,isr),test_kernel_isr.c))
$(eval $(call kernel_test,test_kernel_isr_extended,$(call kernel_test_oil,isr_extended),test_kernel_isr.c))
$(eval $(call kernel_test,test_kernel_modes,$(call kernel_test_oil,modes),test_kernel_modes.c))
$(eval $(call kernel_test,test_kernel_time,$(call kernel_test_oil,time),test_kernel_time.c))
$(eval $(call kernel_test,test_kernel_stacks,$(call kernel_test_oil,stacks),test_kernel_stacks.c))
$(eval $(call kernel_test,test_kernel_fpu,$(call kernel_test_oil,fpu),test_kernel_fpu.c))
$(eval $(call kernel_test,test_kernel_levels,$(call kernel_test_oil,levels),test_kernel_levels.c))
$(eval $(call kernel_test,test_kernel_levels_extended,$(call kernel_test_oil,levels_extended),test_kernel_levels.c))
$(eval $(call kernel_test,test_kernel_priorities,$(call kernel_test_oil,priorities),test_kernel_priorities.c))
$(eval $(call kernel_test,test_kernel_schedtable,$(call kernel_test_oil,schedtable),test_kernel_schedtable.c))

# The comparison with the reference model, on random configurations: the numbers are what they are made from, SEED or
# SEED-COUNT of tasks. With 60, 40 and 254 there are more priorities than bits in a word.
random_dir := $(BUILD)/tests/random
random_seeds := 1 2 3 4 5 6 7 8 9 10 11-60 12-40 14-254
$(foreach n,$(random_seeds),$(eval $(call kernel_test,test_kernel_random_$(n),$(random_dir)/$(n).oil,test_kernel_model.c model.c model_time.c)))
$(random_dir)/%.oil: tests/host/kernel/random_oil.py
	$(Q)mkdir -p $(@D)
	$(Q)python3 $< $(subst -, ,$*) > $@

host_tests += test_timebase
test_timebase_srcs := tests/host/kernel/test_timebase.c kernel/timebase.c kernel/reciprocal.c
test_timebase_libs := -lcmocka

# The same programs and the conformance cases for tests/coverage.py: not optimised, so that each line and branch is
# its own. Then tables that a configuration does not have are named (and never read), hence the linker's option.
coverage_dir := $(BUILD)/coverage
coverage_cflags := $(filter-out -O1 -fsanitize=% -fno-sanitize-recover=%,$(HOST_CFLAGS)) \
	-O0 --coverage -no-pie -Wl,--unresolved-symbols=ignore-all
coverage_programs = $(addprefix $(BUILD)/tests/,$(filter test_kernel_% test_timebase,$(host_tests))) $(conformance_programs)
.PHONY: coverage-builds
coverage-builds:
	$(Q)$(MAKE) --no-print-directory BUILD=$(coverage_dir) HOST_CFLAGS='$(coverage_cflags)' \
		$(patsubst $(BUILD)/%,$(coverage_dir)/%,$(coverage_programs))
