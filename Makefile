# SPDX-License-Identifier: Apache-2.0
#
# One Makefile; each folder's module.mk says what it contributes. Everything is built below build/.
# V=1 shows the commands.

$(if $(word 2,$(CURDIR))$(word 2,$(APP)),$(error make cannot work with spaces in paths: $(CURDIR) $(APP)))

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
TARGET_CFLAGS := -std=c11 -g -mcpu=cortex-a7 -mgeneral-regs-only -ffreestanding -fno-common \
	-ffunction-sections -fdata-sections $(WARNINGS) -Wframe-larger-than=2048 $(INCLUDES) -Iarch/arm-xen -Iarch/arm-xen/include -I$(BUILD)/include
# uint32_t is `unsigned int` here as on the host, so that one printk format is right for both.
TARGET_CFLAGS += -U__UINT32_TYPE__ -D__UINT32_TYPE__=unsigned -U__INT32_TYPE__ -D__INT32_TYPE__=int
# What stands on the way from an interrupt to a task is compiled for speed, the rest to be small.
for_speed := kernel/% arch/% drivers/xen/evtchn.c drivers/pins/% drivers/gpio/%
tuned = $(if $(filter $(for_speed),$<),-O2 -marm,-Os -mthumb)
TARGET_LDFLAGS := -nostartfiles -static -Wl,--gc-sections,--build-id=none,-T,linker/image.lds
HOST_CFLAGS := -std=c11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all $(WARNINGS) $(INCLUDES) -I$(BUILD)/include

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: force
force:
include $(wildcard $(addsuffix /module.mk,kernel lib arch/arm-xen drivers/* tests/host/* tests/conformance))

# ---- guests: all is compiled for each configuration, so that what it does not use folds away ----

guest_srcs := $(arch_srcs) $(kernel_srcs) $(lib_srcs) $(driver_srcs) $(wildcard boot/*.c)
xen_headers := $(BUILD)/include/xen

$(xen_headers):
	$(Q)mkdir -p $(@D) && ln -sfn /usr/include/xen $@

# $(call configuration,FOLDER): all that os_cfg.[ch] in FOLDER decides about, as objects below build/os/FOLDER.
# What it wants beyond the system itself, its app.mk says: app_drivers := gpio pins, app_stack := 16384 (the stack of
# all tasks, bytes, a multiple of 4096)
define configuration
app_drivers :=
app_stack := 8192
-include $(1)/app.mk
$$(foreach d,$$(app_drivers),$$(if $$(driver_$$(d)_srcs),,$$(error $(1)/app.mk: there is no driver `$$(d)`)))
$(1)_ldflags := -Wl,--defsym=task_stack_bytes=$$(app_stack)
$(1)_objs := $$(patsubst %,$(BUILD)/os/$(1)/%.o,$$(basename $$(guest_srcs) $(1)/os_cfg.c \
	$$(foreach d,$$(app_drivers),$$(driver_$$(d)_srcs))))
$(BUILD)/os/$(1)/%.o: %.c Makefile | $(xen_headers)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) $$(tuned) -I$(1) -MMD -MP -c -o $$@ $$<
$(BUILD)/os/$(1)/%.o: %.S Makefile
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) -MMD -MP -c -o $$@ $$<
-include $$($(1)_objs:.o=.d)
endef

# IMAGE.from remembers the folder: another one of the same name makes the image anew.
# $(call guest,IMAGE WITHOUT SUFFIX,SOURCE FOLDER,CONFIGURATION FOLDER): IMAGE.bin, a zImage, and IMAGE.elf
define guest
$(1)_objs := $$(patsubst %.c,$(BUILD)/os/$(3)/%.o,$$(filter-out %/os_cfg.c,$$(wildcard $(2)/*.c)))
$(1).from: force
	$$(Q)mkdir -p $$(@D); echo '$(2)' | cmp -s - $$@ || echo '$(2)' > $$@
$(1).elf: $$($(1)_objs) $$($(3)_objs) $(1).from linker/image.lds
	$$(call say,LD   $$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc -mcpu=cortex-a7 -marm $(TARGET_LDFLAGS) $$($(3)_ldflags) -Wl,-Map,$$(@:.elf=.map) -o $$@ $$(filter %.o,$$^)
$(1).bin: $(1).elf
	$$(Q)$(CROSS)objcopy -O binary $$< $$@
-include $$($(1)_objs:.o=.d)
endef

# Where an image goes: an application's, wherever its folder is, to build/apps/NAME/NAME.
image_of = $(BUILD)/$(if $(filter tests/%,$(1)),guests/$(1),apps/$(notdir $(1)))/$(notdir $(1))
# A folder's own os_cfg.[ch], or those of the folder that its file `config` names.
config_of = $(if $(wildcard $(1)/config),$(file <$(1)/config),$(1))

app := $(patsubst $(CURDIR)/%,%,$(abspath $(APP)))
apps := $(patsubst %/main.c,%,$(wildcard apps/*/main.c))
test_apps := $(patsubst %/main.c,%,$(wildcard $(addsuffix /*/main.c,tests/target/apps tests/system/apps tests/conformance)))
$(if $(filter-out $(apps),$(app)),$(if $(filter $(notdir $(app)),$(notdir $(apps))),\
	$(error $(APP): the project has an application of that name; rename the folder)))
all_apps := $(sort $(apps) $(app) $(test_apps))
bins = $(foreach a,$(1),$(call image_of,$(a)).bin)

$(foreach c,$(sort $(foreach a,$(all_apps),$(call config_of,$(a)))),$(eval $(call configuration,$(c))))
$(foreach a,$(all_apps),$(eval $(call guest,$(call image_of,$(a)),$(a),$(call config_of,$(a)))))

formatted = $(shell git ls-files -co --exclude-standard '*.c' '*.h' | grep -v '^dom0-driver/')

# ---- host tests: NAME_srcs, NAME_cflags, NAME_libs, NAME_deps are set in tests/host/*/module.mk ----

define host_test
$(1)_objs := $(patsubst %.c,$(BUILD)/tests/obj/$(1)/%.o,$($(1)_srcs))
$(BUILD)/tests/obj/$(1)/%.o: %.c Makefile | $(xen_headers)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $(HOST_CFLAGS) $($(1)_cflags) -MMD -MP -c -o $$@ $$<
$(BUILD)/tests/$(1): $$($(1)_objs) $($(1)_deps)
	$$(Q)$(HOSTCC) $(HOST_CFLAGS) -o $$@ $$(filter %.o,$$^) $($(1)_libs)
-include $$($(1)_objs:.o=.d)
endef
$(foreach t,$(host_tests),$(eval $(call host_test,$(t))))

# ---- dom0's module: built outside its folder, by the kernel's own build ----

module := $(BUILD)/dom0-driver/erika-xen.ko

$(module): $(wildcard dom0-driver/*) abi/pin.h | packages
	$(call say,KO   $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(MAKE) --no-print-directory -C dom0-driver KDIR=$$($(LAB) kdir) ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- \
		BUILD=$(abspath $(@D)) > $(@D)/build.log 2>&1 || { cat $(@D)/build.log; exit 1; }

# ---- what people call ----

## Build the applications and dom0's module
.PHONY: all
all: apps $(module)

.PHONY: apps packages host-packages
apps: host-packages
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(apps))

host-packages:
	$(Q)$(LAB) host-packages

packages: host-packages
	$(Q)$(LAB) fetch

## Boot the SD card in QEMU: Xen, dom0, the guest, and a pin driven from dom0
.PHONY: run
run: all
	$(Q)$(LAB) run

## The same system with a prompt in dom0
.PHONY: shell
shell: all
	$(Q)$(LAB) shell

## Build an SD-card image: BOARD=orangepi-pc or cubieboard2
.PHONY: sdcard
sdcard: all
	$(Q)$(LAB) sdcard $(BOARD)

## Build one application: APP=folder
.PHONY: app
app: host-packages
	$(Q)test -n "$(APP)" || { echo "which application? APP=folder"; exit 2; }
	$(Q)test -e $(call config_of,$(app))/os_cfg.c || { echo "$(APP): no os_cfg.c there, so no application"; exit 2; }
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(app))

## Start one application on Xen without dom0: APP=folder, TIMEOUT=seconds
.PHONY: run-app
run-app: app packages
	$(Q)$(LAB) dom0less $(call bins,$(app)) --timeout $(TIMEOUT)

## Run all tests
.PHONY: test
test: test-builds
	$(Q)$(run_tests) host conformance target system

## Run the tests of this machine: units, fuzzing, the fake Xen, the laboratory
.PHONY: test-host
test-host: host-test-builds
	$(Q)$(run_tests) host

## Run the OSEK conformance cases, on this machine and on Xen
.PHONY: test-conformance
test-conformance: test-builds
	$(Q)$(run_tests) conformance

## Run the tests of the guest on Xen without dom0
.PHONY: test-target
test-target: test-builds
	$(Q)$(run_tests) target

## Run the tests of the whole chain: dom0, xl, the module
.PHONY: test-system
test-system: test-builds
	$(Q)$(run_tests) system

run_tests = HOST_TESTS="$(host_tests)" python3 tests/run.py
host_test_bins := $(addprefix $(BUILD)/tests/,$(host_tests))

.PHONY: test-builds host-test-builds
host-test-builds: host-packages
	$(Q)$(MAKE) --no-print-directory $(host_test_bins)
test-builds: all host-test-builds
	$(Q)$(LAB) fetch --arch arm64
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(test_apps))

.PHONY: module
module: $(module)

## Print what the applications' images take: bytes of file and of RAM
.PHONY: size
size: apps
	$(Q)tools/size.py $(foreach a,$(apps),$(call image_of,$(a)).elf)

## Check the style and look for mistakes
.PHONY: lint
lint: packages $(xen_headers)
	$(Q)$(LAB) host-packages lint
	$(Q)tools/lint.sh

## Bring the C sources into the house's form
.PHONY: format
format:
	$(Q)clang-format -i $(formatted)

## Remove what was built; downloads stay
.PHONY: clean
clean:
	$(Q)rm -rf $(addprefix $(BUILD)/,apps guests os tests dom0-driver lab)

## Show this list
.PHONY: help
help:
	@awk '/^## /{text=substr($$0,4)} /^[a-z-]+:/{if(text!=""){sub(/:.*/,"",$$1);printf "make %-18s%s\n",$$1,text;text=""}}' Makefile
