/* SPDX-License-Identifier: Apache-2.0
 *
 * PSCI calls by hvc #0: function in r0. Xen answers them for a guest, QEMU for a bare virt machine.
 */
#include "psci.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define PSCI_SYSTEM_OFF   0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u

static bool present;

static void call(uint32_t function)
{
    register uint32_t r0 __asm__("r0") = function;

    __asm__ volatile(".arch_extension virt\n\thvc #0" : "+r"(r0) : : "r1", "r2", "r3", "memory");
}

int psci_init(const struct dt *dt)
{
    const int node = dt_find_compatible(dt, -1, "arm,psci-0.2");
    uint32_t len;
    const char *method;

    if (node < 0) {
        return -ENODEV;
    }
    method = dt_prop(dt, node, "method", &len);
    present = method != NULL && len == sizeof("hvc") && memcmp(method, "hvc", len) == 0;
    return present ? 0 : -ENODEV;
}

void psci_system_off(void)
{
    if (present) {
        call(PSCI_SYSTEM_OFF);
    }
}

void psci_system_reset(void)
{
    if (present) {
        call(PSCI_SYSTEM_RESET);
    }
}
