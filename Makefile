# SPDX-License-Identifier: Apache-2.0
#
# One Makefile; each folder's module.mk says what it contributes. Everything is built below build/.
# V=1 shows the commands.

APP     ?=
BOARD   ?= orangepi-pc
TIMEOUT ?= 30
V       ?= 0

Q      := $(if $(filter 1,$(V)),,@)
say     = @echo "  $(1)"
BUILD  := build
LAB    := python3 -m tools.lab
CROSS  := arm-none-eabi-
HOSTCC ?= gcc

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wundef -Wvla
INCLUDES := -I. -Ilib -Ikernel
TARGET_CFLAGS := -std=c11 -O2 -g -mcpu=cortex-a7 -marm -mgeneral-regs-only -ffreestanding -fno-common \
	-ffunction-sections -fdata-sections $(WARNINGS) $(INCLUDES) -Iarch/arm-xen -Iarch/arm-xen/include -I$(BUILD)/include
# uint32_t is `unsigned int` here as on the host, so that one printk format is right for both.
TARGET_CFLAGS += -U__UINT32_TYPE__ -D__UINT32_TYPE__=unsigned -U__INT32_TYPE__ -D__INT32_TYPE__=int
TARGET_LDFLAGS := -nostartfiles -static -Wl,--gc-sections,--build-id=none,-T,linker/image.lds
HOST_CFLAGS := -std=c11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all $(WARNINGS) $(INCLUDES) -I$(BUILD)/include

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
include $(wildcard */module.mk */*/module.mk */*/*/module.mk)

# ---- guests: all is compiled for each application, so that what its configuration does not use folds away ----

guest_srcs := $(arch_srcs) $(kernel_srcs) $(lib_srcs) $(driver_srcs) boot/main.c boot/crash.c
xen_headers := $(BUILD)/include/xen

$(xen_headers):
	$(Q)mkdir -p $(@D) && ln -sfn /usr/include/xen $@

# $(call guest,OUTPUT FOLDER,SOURCE FOLDER,CONFIGURATION FOLDER): OUTPUT/<name>.bin, a zImage, and its .elf
define guest
$(1)_name := $(notdir $(1))
$(1)_srcs := $(guest_srcs) $(wildcard $(2)/*.c) $(filter-out $(wildcard $(2)/*.c),$(wildcard $(3)/*.c))
$(1)_objs := $$(patsubst %,$(1)/obj/%.o,$$(basename $$($(1)_srcs)))
$(1)/obj/%.o: %.c | $(xen_headers)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) -I$(3) -MMD -MP -c -o $$@ $$<
$(1)/obj/%.o: %.S
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) -MMD -MP -c -o $$@ $$<
$(1)/$$($(1)_name).elf: $$($(1)_objs) linker/image.lds
	$$(call say,LD   $$@)
	$$(Q)$(CROSS)gcc -mcpu=cortex-a7 -marm $(TARGET_LDFLAGS) -Wl,-Map,$$(@:.elf=.map) -o $$@ $$(filter %.o,$$^)
$(1)/$$($(1)_name).bin: $(1)/$$($(1)_name).elf
	$$(Q)$(CROSS)objcopy -O binary $$< $$@
-include $$($(1)_objs:.o=.d)
endef

apps := $(patsubst apps/%/main.c,%,$(wildcard apps/*/main.c))
app_bins := $(foreach a,$(apps),$(BUILD)/apps/$(a)/$(a).bin)
$(foreach a,$(apps),$(eval $(call guest,$(BUILD)/apps/$(a),apps/$(a),apps/$(a))))

# ---- host tests: NAME_srcs, NAME_cflags, NAME_libs, NAME_deps are set in tests/host/*/module.mk ----

define host_test
$(BUILD)/tests/$(1): $($(1)_srcs) $($(1)_deps) | $(xen_headers)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $(HOST_CFLAGS) $($(1)_cflags) -MMD -MP -o $$@ $($(1)_srcs) $($(1)_libs)
-include $(BUILD)/tests/$(1).d
endef
$(foreach t,$(host_tests),$(eval $(call host_test,$(t))))

## Build every application and dom0's module
.PHONY: all
all: apps

.PHONY: apps
apps: $(app_bins)
