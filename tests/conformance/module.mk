# SPDX-License-Identifier: Apache-2.0
# Conformance cases: each folder with a main.c is an application that checks one rule of OSEK OS 2.2.3. Its
# file `config` names the folder of os_cfg.h and os_cfg.c that it is built with. It passes when its lines
# "step: ..." and "ShutdownOS: ..." are those of expected.txt. Here they are built as programs for this machine.
conformance_cases := $(sort $(patsubst tests/conformance/%/main.c,%,$(wildcard tests/conformance/*/main.c)))

conformance_dir := $(BUILD)/tests/conformance
conformance_programs := $(addprefix $(conformance_dir)/,$(conformance_cases))
conformance_cfgs := $(sort $(foreach c,$(conformance_cases),$(file < tests/conformance/$(c)/config)))
conformance_os_srcs := $(kernel_srcs) lib/pqueue.c arch/host/machine.c arch/host/switch.c arch/host/main.c
conformance_cflags = $(HOST_CFLAGS) -ffunction-sections -fdata-sections -Iarch/host/include -MMD -MP

# $(call conformance_cfg,FOLDER): the operating system with this configuration, as objects
define conformance_cfg
$(1)_os := $(patsubst %.c,$(conformance_dir)/obj/$(1)/%.o,$(conformance_os_srcs) $(1)/os_cfg.c)
$(conformance_dir)/obj/$(1)/%.o: %.c
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) $$(conformance_cflags) -I$(1) -c -o $$@ $$<
-include $$($(1)_os:.o=.d)
endef

# $(call conformance_case,CASE,CONFIGURATION FOLDER)
define conformance_case
$(conformance_dir)/$(1): tests/conformance/$(1)/main.c $$($(2)_os)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOSTCC) $$(conformance_cflags) -I$(2) -Wl,--gc-sections -o $$@ $$(filter %.c %.o,$$^)
-include $(conformance_dir)/$(1).d
endef

$(foreach f,$(conformance_cfgs),$(eval $(call conformance_cfg,$(f))))
$(foreach c,$(conformance_cases),$(eval $(call conformance_case,$(c),$(file < tests/conformance/$(c)/config))))

test-builds: $(conformance_programs)
