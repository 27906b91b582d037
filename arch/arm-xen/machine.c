/* SPDX-License-Identifier: Apache-2.0
 *
 * The device tree in place, and the few facts in it that belong to no driver.
 */
#include <arch/machine.h>

#include <errno.h>
#include <stddef.h>

#include <arch/mem.h>

#define DT_BYTES_MAX 0x200000u

static struct dt dt;

int machine_init(uint32_t dtb)
{
    const void *const header = mem_map(dtb, 8, MEM_READONLY);
    const void *blob;
    uint32_t bytes;

    if (header == NULL) {
        return -EINVAL;
    }
    bytes = dt_size(header);
    if (bytes > DT_BYTES_MAX) {
        return -E2BIG;
    }
    blob = mem_map(dtb, bytes, MEM_READONLY);
    return blob == NULL ? -EINVAL : dt_open(&dt, blob, bytes);
}

const struct dt *machine_dt(void)
{
    return &dt;
}

const char *machine_args(void)
{
    uint32_t len;
    const char *args = dt_prop(&dt, dt_find_path(&dt, "/chosen"), "bootargs", &len);

    return args == NULL || len == 0 || args[len - 1] != '\0' ? "" : args;
}

int machine_ram(unsigned int index, uint64_t *base, uint64_t *bytes)
{
    for (int node = dt_find_device_type(&dt, -1, "memory"); node >= 0;
         node = dt_find_device_type(&dt, node, "memory")) {
        unsigned int bank = 0;

        while (dt_reg(&dt, node, bank, base, bytes) == 0) {
            if (bank++ == index) {
                return 0;
            }
        }
        index -= bank;
    }
    return -ENOENT;
}

unsigned int machine_cpus(void)
{
    unsigned int cpus = 0;

    for (int node = dt_find_device_type(&dt, -1, "cpu"); node >= 0;
         node = dt_find_device_type(&dt, node, "cpu")) {
        cpus++;
    }
    return cpus;
}
