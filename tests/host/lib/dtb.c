/* SPDX-License-Identifier: Apache-2.0 */
/* See dtb.h. Node handles and libfdt's node offsets are the same numbers, so they compare directly.
 */
#include "tests/host/lib/dtb.h"

#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIFFERENCE(what, node) (printf("# %s differs at node %d\n", (what), (node)), false)

static const char *const names[DTB_COUNT] = {
    "minimal", "xen-domu", "qemu-virt", "odd", "xen-4.17-xl", "xen-4.17-dom0less", "xen-4.17-arm64",
};

static void load(struct dtb *dtb, const char *name)
{
    char path[80];
    FILE *file;

    snprintf(path, sizeof(path), "build/tests/dtb/%s.dtb", name);
    file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "%s: %s; build it and run this from the top folder\n", path,
                strerror(errno));
        exit(2);
    }
    dtb->name = name;
    dtb->bytes = (size_t)ftell(file);
    dtb->blob = malloc(dtb->bytes);
    rewind(file);
    if (fread(dtb->blob, 1, dtb->bytes, file) != dtb->bytes) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    fclose(file);
}

void dtb_load_all(struct dtb dtbs[DTB_COUNT])
{
    for (int i = 0; i < DTB_COUNT; i++)
        load(&dtbs[i], names[i]);
}

void dtb_free_all(struct dtb dtbs[DTB_COUNT])
{
    for (int i = 0; i < DTB_COUNT; i++)
        free(dtbs[i].blob);
}

const struct dtb *dtb_named(const struct dtb dtbs[DTB_COUNT], const char *name)
{
    for (int i = 0; i < DTB_COUNT; i++) {
        if (strcmp(dtbs[i].name, name) == 0)
            return &dtbs[i];
    }
    fprintf(stderr, "%s: no such tree\n", name);
    exit(2);
}

static uint64_t join_cells(const fdt32_t *cells, int count)
{
    uint64_t value = 0;

    for (int i = 0; i < count; i++)
        value = value << 32 | fdt32_ld(&cells[i]);
    return value;
}

static bool cells_agree(const struct dt *dt, int node, const char *name, const fdt32_t *cells,
                        int len)
{
    unsigned int count = (unsigned int)len / 4;
    uint32_t value;
    int expected = len % 4 ? -EINVAL : -ENOENT;

    if (dt_prop_u32(dt, node, name, count, &value) != expected)
        return false;
    for (unsigned int i = 0; len % 4 == 0 && i < count; i++) {
        if (dt_prop_u32(dt, node, name, i, &value) != 0 || value != fdt32_ld(&cells[i]))
            return false;
    }
    return true;
}

static bool props_agree(const struct dt *dt, const void *blob, int node)
{
    int prop;

    fdt_for_each_property_offset(prop, blob, node)
    {
        const char *name;
        int len;
        uint32_t our_len = 0;
        const void *value;

        fdt_getprop_by_offset(blob, prop, &name, NULL);
        value = fdt_getprop(blob, node, name, &len); /* the first one, should there be two */
        if (dt_prop(dt, node, name, &our_len) != value || (int)our_len != len)
            return DIFFERENCE(name, node);
        if (!cells_agree(dt, node, name, value, len))
            return DIFFERENCE(name, node);
    }
    if (dt_prop(dt, node, "no-such-property", NULL))
        return DIFFERENCE("absent property", node);
    return true;
}

static bool reg_agrees(const struct dt *dt, const void *blob, int node)
{
    int parent = fdt_parent_offset(blob, node);
    int address_cells = parent < 0 ? parent : fdt_address_cells(blob, parent);
    int size_cells = parent < 0 ? parent : fdt_size_cells(blob, parent);
    int len;
    const fdt32_t *reg = fdt_getprop(blob, node, "reg", &len);
    int pair = address_cells + size_cells;
    unsigned int count;
    uint64_t addr;
    uint64_t size;

    if (address_cells < 1 || address_cells > 2 || size_cells < 0 || size_cells > 2 ||
        (reg && len % (pair * 4) != 0))
        return dt_reg(dt, node, 0, &addr, &size) == -EINVAL;
    count = reg ? (unsigned int)(len / (pair * 4)) : 0;
    for (unsigned int i = 0; i < count; i++, reg += pair) {
        if (dt_reg(dt, node, i, &addr, &size) != 0 || addr != join_cells(reg, address_cells) ||
            size != join_cells(reg + address_cells, size_cells))
            return false;
    }
    return dt_reg(dt, node, count, &addr, &size) == -ENOENT;
}

static bool same_path(const struct dt *dt, const void *blob, const char *path)
{
    int found = fdt_path_offset(blob, path);

    return dt_find_path(dt, path) == (found < 0 ? -ENOENT : found);
}

/* The node's path, which may lead to an earlier node of that name, and what is left of it cut
 * short. */
static bool path_agrees(const struct dt *dt, const void *blob, int node)
{
    char path[512];
    size_t len;

    if (fdt_get_path(blob, node, path, sizeof(path)) != 0)
        return true; /* too deep for our buffer */
    len = strlen(path);
    for (size_t cut = 0; cut < 4 && cut < len; cut++) {
        path[len - cut] = '\0';
        if (!same_path(dt, blob, path))
            return false;
    }
    return true;
}

static bool enabled_agrees(const struct dt *dt, const void *blob, int node)
{
    /* fdt_stringlist_contains() would take an unterminated string and read on behind it. */
    bool enabled = !fdt_getprop(blob, node, "status", NULL) ||
                   fdt_stringlist_search(blob, node, "status", "okay") >= 0 ||
                   fdt_stringlist_search(blob, node, "status", "ok") >= 0;

    return dt_is_enabled(dt, node) == enabled;
}

static int next_with(const void *blob, int after, const char *prop, const char *string)
{
    int node;

    for (node = fdt_next_node(blob, after, NULL); node >= 0;
         node = fdt_next_node(blob, node, NULL)) {
        if (fdt_stringlist_search(blob, node, prop, string) >= 0)
            return node;
    }
    return -ENOENT;
}

/* Every "compatible" and "device_type" string of the tree, searched for from before @p node. */
static bool searches_agree(const struct dt *dt, const void *blob, int node)
{
    const char *string;
    int len;

    for (int i = 0; (string = fdt_stringlist_get(blob, node, "compatible", i, &len)); i++) {
        if (dt_find_compatible(dt, -1, string) != next_with(blob, -1, "compatible", string) ||
            dt_find_compatible(dt, node, string) != next_with(blob, node, "compatible", string))
            return false;
    }
    for (int i = 0; (string = fdt_stringlist_get(blob, node, "device_type", i, &len)); i++) {
        if (dt_find_device_type(dt, -1, string) != next_with(blob, -1, "device_type", string) ||
            dt_find_device_type(dt, node, string) != next_with(blob, node, "device_type", string))
            return false;
    }
    return true;
}

bool dtb_agrees(const struct dt *dt, const void *blob)
{
    int node;

    for (node = 0; node >= 0; node = fdt_next_node(blob, node, NULL)) {
        if (!props_agree(dt, blob, node))
            return false;
        if (!reg_agrees(dt, blob, node))
            return DIFFERENCE("reg", node);
        if (!path_agrees(dt, blob, node))
            return DIFFERENCE("path", node);
        if (!enabled_agrees(dt, blob, node))
            return DIFFERENCE("status", node);
        if (!searches_agree(dt, blob, node))
            return DIFFERENCE("search", node);
    }
    return true;
}
