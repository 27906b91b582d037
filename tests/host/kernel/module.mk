# SPDX-License-Identifier: Apache-2.0
# Unit tests of the kernel on arch/host: one program a configuration. What a configuration does not use is not
# linked, as on the target.

kernel_test_srcs := $(kernel_srcs) lib/pqueue.c arch/host/machine.c arch/host/switch.c

# $(call kernel_test,NAME,CONFIGURATION,SOURCE)
define kernel_test
host_tests += $(1)
$(1)_srcs := $(addprefix tests/host/kernel/,$(3)) tests/host/kernel/$(2)/os_cfg.c $(kernel_test_srcs)
$(1)_cflags := -Itests/host/kernel/$(2) -Iarch/host/include -ffunction-sections -fdata-sections
$(1)_libs := -lcmocka -Wl,--gc-sections
endef

$(eval $(call kernel_test,test_kernel_isr,cfg_isr,test_kernel_isr.c))
$(eval $(call kernel_test,test_kernel_isr_extended,cfg_isr_extended,test_kernel_isr.c))
$(eval $(call kernel_test,test_kernel_model,cfg_model,test_kernel_model.c model.c))
$(eval $(call kernel_test,test_kernel_model_extended,cfg_model_extended,test_kernel_model.c model.c))
$(eval $(call kernel_test,test_kernel_modes,cfg_modes,test_kernel_modes.c))
$(eval $(call kernel_test,test_kernel_time,cfg_time,test_kernel_time.c))

host_tests += test_timebase
test_timebase_srcs := tests/host/kernel/test_timebase.c kernel/timebase.c kernel/reciprocal.c
test_timebase_libs := -lcmocka
