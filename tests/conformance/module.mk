# SPDX-License-Identifier: Apache-2.0
# Conformance cases: each folder with a main.c is an application that checks one rule of OSEK OS 2.2.3. Its
# file `config` names the OIL files that it is built with, one a line; the first is the one that it runs with on
# Xen. It passes when its lines "step: ..." and "ShutdownOS: ..." are those that it expects. Here they are built
# as programs for this machine: build/tests/conformance/CASE/NAME OF THE OIL FILE.
conformance_cases := $(sort $(patsubst tests/conformance/%/main.c,%,$(wildcard tests/conformance/*/main.c)))
conformance_oils_of = $(filter %.oil,$(file < tests/conformance/$(1)/config))

conformance_dir := $(BUILD)/tests/conformance
conformance_oils := $(sort $(foreach c,$(conformance_cases),$(call conformance_oils_of,$(c))))
conformance_programs := $(foreach c,$(conformance_cases),$(foreach o,$(call conformance_oils_of,$(c)),$(conformance_dir)/$(c)/$(basename $(notdir $(o)))))
conformance_os_srcs := $(kernel_srcs) lib/pqueue.c $(filter-out arch/host/main.c,$(wildcard arch/host/*.c)) \
	$(wildcard tests/conformance/common/*.c tests/conformance/common/host/*.c)
conformance_cflags = $(HOST_CFLAGS) -ffunction-sections -fdata-sections -Iarch/host/include -MMD -MP

# $(call conformance_cfg,OIL FILE): the operating system with this configuration, as objects
define conformance_cfg
$(1)_os := $$(patsubst %.c,$(conformance_dir)/obj/$(basename $(1))/%.o,$(conformance_os_srcs) $$(call cfg_dir,$(1))/os_cfg.c)
$(conformance_dir)/obj/$(basename $(1))/%.o: %.c | $$(call cfg_dir,$(1))/made
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) $$(conformance_cflags) $$(names) -I$$(call cfg_dir,$(1)) -c -o $$@ $$<
-include $$($(1)_os:.o=.d)
endef

# $(call conformance_case,CASE,OIL FILE)
define conformance_case
$(conformance_dir)/$(1)/$(basename $(notdir $(2))): tests/conformance/$(1)/main.c $$($(2)_os)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) $$(conformance_cflags) -I$$(call cfg_dir,$(2)) -Wl,--gc-sections -o $$@ $$(filter %.c %.o,$$^)
-include $(conformance_dir)/$(1)/$(basename $(notdir $(2))).d
endef

test-builds: $(conformance_programs)
