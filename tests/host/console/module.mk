# SPDX-License-Identifier: Apache-2.0
# Unit tests of drivers/console, on this machine: one program a choice of OIL's.

# $(call console_test,NAME,SOURCES,CHOICES)
define console_test
host_tests += $(1)
$(1)_srcs := $(2) lib/fmt.c
$(1)_cflags := -Iarch/host/include -Itests/host/console/cfg $(3)
$(1)_libs := -lcmocka
endef

$(eval $(call console_test,test_console,tests/host/console/test_console.c))
$(eval $(call console_test,test_console_block,tests/host/console/test_console.c,-DCFG_CONSOLE_BLOCK_MS=20u))

console_input_srcs := tests/host/console/test_input.c drivers/console/console.c
$(eval $(call console_test,test_console_input,$(console_input_srcs)))
$(eval $(call console_test,test_console_input_task,$(console_input_srcs),-DCFG_HAS_CONSOLE_TASK=1 -DCFG_CONSOLE_TASK=0u))
$(eval $(call console_test,test_console_echo_uart,$(console_input_srcs),-DCFG_CONSOLE_ECHO_UART=1))
$(eval $(call console_test,test_console_echo_none,$(console_input_srcs),-DCFG_CONSOLE_ECHO=0))
