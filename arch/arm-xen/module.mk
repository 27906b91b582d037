# SPDX-License-Identifier: Apache-2.0
# head.S is first in the image by its section, not by its place here.
arch_srcs := $(addprefix arch/arm-xen/,head.S vectors.S task.S start.c mmu.c exception.c gic.c gicv2.c gicv3.c timer.c machine.c psci.c fpu_unit.c)
