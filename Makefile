# SPDX-License-Identifier: Apache-2.0
#
# One Makefile; each folder's module.mk says what it contributes. Everything is built below build/.
# V=1 shows the commands.

$(if $(word 2,$(CURDIR))$(word 2,$(APP)),$(error make cannot work with spaces in paths: $(CURDIR) $(APP)))

APP     ?=
NAME    ?=
DIR     ?=
DOM0    ?=
TIMEOUT ?= 30
V       ?= 0
# Which Xen: armhf or arm64. Of the command line only: who builds kernels often has an ARCH in the environment.
ARCH    := armhf
BOARD   ?= $(board_$(ARCH))

board_armhf := orangepi-pc
board_arm64 := virt-arm64
$(if $(board_$(ARCH)),,$(error ARCH=$(ARCH): choose armhf or arm64))

Q      := $(if $(filter 1,$(V)),,@)
say     = @echo "  $(1)"
BUILD  := build
LAB    := python3 -m tools.lab
CROSS  := arm-none-eabi-
HOSTCC ?= gcc

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wundef -Wvla
INCLUDES := -I. -Ilib -Ikernel -Ikernel/erika -Idrivers/console
TARGET_CFLAGS := -std=c11 -g -mcpu=cortex-a7 -ffreestanding -fno-common \
	-ffunction-sections -fdata-sections $(INCLUDES) -Iarch/arm-xen -Iarch/arm-xen/include -I$(BUILD)/include
# No function's frame can jump over the page of 4 KiB that is unmapped below each stack.
TARGET_CFLAGS += -Werror=frame-larger-than=2048 -Werror=vla -Werror=alloca
# uint32_t is `unsigned int` here as on the host, so that one printk format is right for both.
TARGET_CFLAGS += -U__UINT32_TYPE__ -D__UINT32_TYPE__=unsigned -U__INT32_TYPE__ -D__INT32_TYPE__=int
# Floating point is for the files that an application names in FPU_SRCS, and for no other.
registers     := -mgeneral-regs-only
fpu_registers := -mfpu=neon-vfpv4 -mfloat-abi=softfp
# What stands on the way from an interrupt to a task is compiled for speed, the rest to be small.
for_speed := bench/% kernel/% lib/pqueue.c arch/% drivers/xen/evtchn.c drivers/pins/% drivers/gpio/%
# What asks nothing of the configuration is compiled once for all of them (there is no os_cfg.h to be found).
for_all := lib/% drivers/gpio/% drivers/pins/publish.c drivers/pins/ring.c \
	drivers/xen/xs_receive.c drivers/xen/xs_send.c kernel/reciprocal.c kernel/timebase.c \
	$(addprefix arch/arm-xen/,head.S vectors.S task.S machine.c psci.c fpu_unit.c)
tuned = $(if $(filter $(for_speed),$<),-O2 -marm,-Os -mthumb)
# Sources outside the tree have been written for other systems, too: they are warned of mistakes and not of style.
warnings = $(if $(filter /%,$<),-Wall -Wextra -Werror=implicit,$(WARNINGS))
# Whole configurations that are there to be small.
$(BUILD)/os/bench/size/two_tasks_thumb/%: tuned = -Os -mthumb
$(BUILD)/os/bench/size/two_tasks_arm/%: tuned = -Os -marm
# The application's names (its tasks, its events ...) are the application's: the system's own files do not see them.
names = $(if $(filter kernel/% lib/% arch/% boot/% drivers/%,$<),-DOS_SYSTEM)
TARGET_LDFLAGS := -nostartfiles -static -Wl,--gc-sections,--build-id=none,-T,linker/image.lds
HOST_CFLAGS := -std=c11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all $(WARNINGS) $(INCLUDES) -I$(BUILD)/include

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: force
force:
# What only the tests need is most of all, so it is read only if a goal is about them.
tests := $(filter test% bench% coverage% lint $(BUILD)/tests/% $(BUILD)/guests/% $(BUILD)/cfg/%,$(MAKECMDGOALS))
include $(wildcard $(addsuffix /module.mk,kernel lib arch/arm-xen drivers/* tools/oilc $(if $(tests),bench/* tests/host/* tests/conformance)))

# ---- configurations: one OIL file each; what oilc makes of it lies in build/cfg/, under the OIL file's name ----

# $(call oil_of,FOLDER): the OIL file of an application: the one that its file `config` names, app.oil, or its only one.
oil_of = $(firstword $(if $(wildcard $(1)/config),$(file <$(1)/config),$(wildcard $(1)/app.oil) $(wildcard $(1)/*.oil)))
cfg_dir = $(BUILD)/cfg/$(basename $(1))

# $(call tables,OIL FILE). oilc leaves files alone that do not change, so that little is compiled anew.
define tables
$(call cfg_dir,$(1))/made: $(1) $(oilc)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(oilc) $(1) -o $$(@D) --deps $$@.d
	$$(Q)touch $$@
$(call cfg_dir,$(1))/os_cfg.c $(call cfg_dir,$(1))/os_cfg.h $(call cfg_dir,$(1))/os_cfg.orti: $(call cfg_dir,$(1))/made ;
-include $(call cfg_dir,$(1))/made.d
endef

# ---- guests: all is compiled for each configuration, so that what it does not use folds away ----

guest_srcs := $(arch_srcs) $(kernel_srcs) $(lib_srcs) $(driver_srcs) $(wildcard boot/*.c)
xen_headers := $(BUILD)/include/xen

$(xen_headers):
	$(Q)mkdir -p $(@D) && ln -sfn /usr/include/xen $@

# $(call objects,FOLDER,SOURCES,OPTION,PREREQUISITE): compile them to objects below this folder of build/os/.
define objects
$(BUILD)/os/$(1)/%.o: %.c Makefile | $(xen_headers) $(4)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) $$(warnings) $$(tuned) $$(names) $$(registers) $(3) -MMD -MP -c -o $$@ $$<
$(BUILD)/os/$(1)/%.o: %.S Makefile | $(4)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(CROSS)gcc $(TARGET_CFLAGS) $$(registers) $(3) -MMD -MP -c -o $$@ $$<
$(1)_objs := $$(patsubst %,$(BUILD)/os/$(1)/%.o,$$(basename $(2)))
-include $$($(1)_objs:.o=.d)
endef

# $(call configuration,OIL FILE): the system as this file configures it
define configuration
$(call objects,$(basename $(1)),$(filter-out $(for_all),$(guest_srcs)) $(call cfg_dir,$(1))/os_cfg.c,-I$(call cfg_dir,$(1)),$(call cfg_dir,$(1))/made)
$(1)_objs := $$($(basename $(1))_objs) $$(all_objs)
endef

# $(call shared_srcs,FOLDER): what conformance cases have in common, or measurements: sources in a folder `common`
shared_srcs = $(wildcard $(if $(filter tests/conformance/%,$(1)),$(addprefix tests/conformance/common/,*.c xen/*.c)) \
	$(if $(filter bench/%,$(1)),bench/common/*.c $(dir $(1))common/*.c))

# IMAGE.from remembers the folder: another one of the same name makes the image anew. What an application may say in
# its app.mk: SRCS, its sources in subfolders; FPU_SRCS, which of all its files compute with floating point.
# $(call guest,IMAGE WITHOUT SUFFIX,SOURCE FOLDER,OIL FILE): IMAGE.bin, a zImage, IMAGE.elf and IMAGE.orti
define guest
SRCS :=
FPU_SRCS :=
-include $(2)/app.mk
$$(foreach f,$$(SRCS) $$(FPU_SRCS),$$(if $$(wildcard $(2)/$$(f)),,$$(error $(2)/app.mk: there is no file $$(f))))
$(1)_srcs := $$(sort $(wildcard $(2)/*.c) $$(addprefix $(2)/,$$(SRCS) $$(FPU_SRCS)) $(call shared_srcs,$(2)))
$(1)_objs := $$(patsubst %.c,$(BUILD)/os/$(basename $(3))/%.o,$$($(1)_srcs))
$(1)_fpu_objs := $$(patsubst %.c,$(BUILD)/os/$(basename $(3))/$(2)/%.o,$$(FPU_SRCS))
$$($(1)_fpu_objs): registers := $(fpu_registers)
$$($(1)_objs): $(wildcard $(2)/app.mk)
$(1).from: force
	$$(Q)mkdir -p $$(@D); echo '$(2)' | cmp -s - $$@ || echo '$(2)' > $$@
$(1).elf: $$($(1)_objs) $$($(3)_objs) $(1).from linker/image.lds
	$$(call say,LD   $$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)tools/nofpu.py $$(filter-out $$($(1)_fpu_objs),$$($(1)_objs))
	$$(Q)$(CROSS)gcc -mcpu=cortex-a7 -marm $(TARGET_LDFLAGS) -Wl,-Map,$$(@:.elf=.map) -o $$@ $$(filter %.o,$$^)
$(1).orti: $(call cfg_dir,$(3))/os_cfg.orti
	$$(Q)mkdir -p $$(@D) && cp $$< $$@
$(1).bin: $(1).elf $(1).orti
	$$(Q)$(CROSS)objcopy -O binary $$< $$@
-include $$($(1)_objs:.o=.d)
endef

# Where an image goes: an application's, wherever its folder is, to build/apps/NAME/NAME.
image_of = $(BUILD)/$(if $(filter tests/% bench/%,$(1)),guests/$(1),apps/$(notdir $(1)))/$(notdir $(1))

app := $(patsubst $(CURDIR)/%,%,$(abspath $(APP)))
apps := $(sort $(patsubst %/,%,$(dir $(wildcard apps/*/*.oil apps/*/config))))
bench_apps := $(patsubst %/app.oil,%,$(wildcard bench/*/app.oil bench/*/*/app.oil))
test_apps := $(if $(tests),$(bench_apps) $(patsubst %/main.c,%,$(wildcard $(addsuffix /*/main.c,tests/target/apps tests/system/apps tests/conformance))))
$(if $(filter-out $(apps),$(app)),$(if $(filter $(notdir $(app)),$(notdir $(apps))),\
	$(error $(APP): the project has an application of that name; rename the folder)))
$(if $(word 2,$(if $(wildcard $(app)/config $(app)/app.oil),,$(wildcard $(app)/*.oil))),\
	$(error $(APP): which of its OIL files? Name it app.oil: $(notdir $(wildcard $(app)/*.oil))))
all_apps := $(foreach a,$(sort $(apps) $(app) $(test_apps)),$(if $(call oil_of,$(a)),$(a)))
bins = $(foreach a,$(1),$(call image_of,$(a)).bin)
# The same application with one object more, of each kind in turn: what does one take?
one_more := $(patsubst %.oil,%,$(wildcard bench/size/one_more/*.oil))
guest_oils := $(sort $(foreach a,$(all_apps),$(call oil_of,$(a))) $(if $(tests),$(addsuffix .oil,$(one_more))) $(growth_oils))
host_oils := $(sort $(foreach t,$(host_tests),$($(t)_oil)) $(conformance_oils))

$(foreach o,$(sort $(guest_oils) $(host_oils)),$(eval $(call tables,$(o))))
$(eval $(call objects,all,$(filter $(for_all),$(guest_srcs))))
$(foreach o,$(guest_oils),$(eval $(call configuration,$(o))))
$(foreach a,$(all_apps),$(eval $(call guest,$(call image_of,$(a)),$(a),$(call oil_of,$(a)))))
$(foreach o,$(if $(tests),$(one_more)),$(eval $(call guest,$(call image_of,$(o)),bench/size/everything,$(o).oil)))
$(foreach g,$(growth),$(eval $(call guest,$(growth_dir)/$(g)/$(g),bench/growth/$(firstword $(subst -, ,$(g))),$(growth_dir)/$(g).oil)))
$(foreach o,$(conformance_oils),$(eval $(call conformance_cfg,$(o))))
$(foreach c,$(conformance_cases),$(foreach o,$(call conformance_oils_of,$(c)),$(eval $(call conformance_case,$(c),$(o)))))

formatted = $(shell git ls-files -co --exclude-standard '*.c' '*.h' | grep -v '^dom0-driver/')

# ---- host tests: NAME_srcs, NAME_cflags, NAME_libs, NAME_deps, and NAME_oil (its configuration) are set in
# tests/host/*/module.mk. Tests of one NAME_group have the same flags and configuration, and share objects. ----

group_of = $(or $($(1)_group),$(1))
groups = $(sort $(foreach t,$(host_tests),$(call group_of,$(t))))
members = $(foreach t,$(host_tests),$(if $(filter $(1),$(call group_of,$(t))),$(t)))

# $(call host_objects,GROUP,A TEST OF IT)
define host_objects
$(BUILD)/tests/obj/$(1)/%.o: %.c Makefile | $(xen_headers) $(if $($(2)_oil),$(call cfg_dir,$($(2)_oil))/made)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$(HOSTCC) $(HOST_CFLAGS) $$(names) $($(2)_cflags) $(if $($(2)_oil),-I$(call cfg_dir,$($(2)_oil))) -MMD -MP -c -o $$@ $$<
endef

define host_test
$(1)_objs := $(patsubst %.c,$(BUILD)/tests/obj/$(call group_of,$(1))/%.o,$($(1)_srcs) $(if $($(1)_oil),$(call cfg_dir,$($(1)_oil))/os_cfg.c))
$(BUILD)/tests/$(1): $$($(1)_objs) $($(1)_deps)
	$$(Q)$(HOSTCC) $(HOST_CFLAGS) -o $$@ $$(filter %.o,$$^) $($(1)_libs)
-include $$($(1)_objs:.o=.d)
endef
$(foreach g,$(groups),$(eval $(call host_objects,$(g),$(firstword $(call members,$(g))))))
$(foreach t,$(host_tests),$(eval $(call host_test,$(t))))

# ---- dom0's module: built outside its folder, by the kernel's own build ----

module := $(BUILD)/dom0-driver/$(ARCH)/erika-xen.ko
# The architecture as Linux calls it, and its compiler.
linux_armhf := ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf-
linux_arm64 := ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-

$(BUILD)/dom0-driver/%/erika-xen.ko: $(wildcard dom0-driver/*) abi/pin.h | packages
	$(call say,KO   $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(MAKE) --no-print-directory -C dom0-driver KDIR=$$($(LAB) kdir --arch $*) $(linux_$*) \
		BUILD=$(abspath $(@D)) > $(@D)/build.log 2>&1 || { cat $(@D)/build.log; exit 1; }

# ---- programs of the system tests that run in dom0, against Linux's own Xen devices ----

dom0_programs := $(patsubst tests/system/dom0/%.c,$(BUILD)/dom0/%,$(wildcard tests/system/dom0/*.c))

$(BUILD)/dom0/%: tests/system/dom0/%.c Makefile
	$(Q)mkdir -p $(@D)
	$(Q)arm-linux-gnueabihf-gcc -std=gnu11 -O2 -g $(WARNINGS) -I. -MMD -MP -o $@ $<
-include $(addsuffix .d,$(dom0_programs))

# ---- what people call ----

## Build the applications and dom0's module
.PHONY: all
all: apps $(module)

.PHONY: apps packages host-packages
apps: host-packages
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(apps))

host-packages:
	$(Q)$(LAB) host-packages base $(filter arm64,$(ARCH))

packages: host-packages
	$(Q)$(LAB) fetch --arch $(ARCH)

## Boot the SD card in QEMU: Xen, dom0, the guest, and a pin driven from dom0
.PHONY: run
run: all
	$(Q)$(LAB) run --board $(BOARD)

## The same system with a prompt in dom0. ARCH=arm64: with 64-bit Xen and dom0
.PHONY: shell
shell: all
	$(Q)$(LAB) shell --board $(BOARD)

## Build an SD-card image: BOARD=orangepi-pc or cubieboard2
.PHONY: sdcard
sdcard: all
	$(Q)$(LAB) sdcard $(BOARD)

## Build one application: APP=folder
.PHONY: app
app: host-packages
	$(Q)test -n "$(APP)" || { echo "which application? APP=folder"; exit 2; }
	$(Q)test -n "$(call oil_of,$(app))" || { echo "$(APP): no app.oil there, so no application"; exit 2; }
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(app))
	$(Q)$(oilc) --check $(call oil_of,$(app)) 2> /dev/null
	$(Q)tools/size.py --objects $(call image_of,$(app)).elf

## Start one application on Xen: APP=folder, TIMEOUT=seconds; DOM0=1: under dom0, with xl; ARCH=arm64: 64-bit Xen
.PHONY: run-app
run-app: app packages
	$(Q)$(LAB) run-app $(app) $(call bins,$(app)) --timeout $(TIMEOUT) --board $(BOARD) $(if $(filter 1,$(DOM0)),--dom0)

## Make a folder with an application to start from: NAME=x, DIR=where (apps)
.PHONY: new-app
new-app:
	$(Q)$(LAB) new-app $(if $(DIR),--dir "$(DIR)") -- "$(NAME)"

## Stop an application at its first task in gdb, on a machine without Xen: APP=folder
.PHONY: debug
debug: app
	$(Q)$(LAB) host-packages debug
	$(Q)$(LAB) debug $(call image_of,$(app)).elf -- $(GDB_ARGS)

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
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory module ARCH=arm64
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(test_apps) $(one_more)) $(growth_bins) $(dom0_programs)

## Print which lines and branches of kernel/ the host tests reach
.PHONY: coverage
coverage: host-packages
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory coverage-builds
	$(Q)tests/coverage.py

.PHONY: module
module: $(module)

## Count the instructions that the system's services cost, on Xen: exact, the same each time
.PHONY: bench bench-compare bench-builds
bench: bench-builds
	$(Q)python3 -m tools.bench

## The same, beside the figures in docs/PERFORMANCE.md: what got worse
bench-compare: bench-builds
	$(Q)python3 -m tools.bench --compare

bench-builds: packages
	$(Q)$(MAKE) $(if $(Q),-s) --no-print-directory $(call bins,$(bench_apps) $(one_more) apps/hello apps/gpio) $(growth_bins)

## Print what the applications' images take: bytes of file and of RAM
.PHONY: size
size: apps
	$(Q)tools/size.py $(foreach a,$(apps),$(call image_of,$(a)).elf)

## Check the style and look for mistakes
.PHONY: lint
lint: packages $(xen_headers) $(oilc) $(foreach o,tests/target/apps/objects/app.oil $(wildcard apps/*/app.oil bench/*/app.oil bench/*/*/app.oil),$(call cfg_dir,$(o))/made)
	$(Q)$(LAB) host-packages lint
	$(Q)tools/lint.sh

## Bring the C sources into the house's form
.PHONY: format
format:
	$(Q)clang-format -i $(formatted)

## Remove what was built; downloads stay
.PHONY: clean
clean:
	$(Q)rm -rf $(addprefix $(BUILD)/,apps cfg dom0 guests os tests tools dom0-driver lab)

## Show this list
.PHONY: help
help:
	@awk '/^## /{text=substr($$0,4)} /^[a-z-]+:/{if(text!=""){sub(/:.*/,"",$$1);printf "make %-18s%s\n",$$1,text;text=""}}' Makefile
