/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See dt.h. All reading of the structure block goes through take_token(), which checks every length
 * against the bytes that are left and always moves on: that one function is why nothing here can
 * leave the blob or loop for ever, not even if the tree changes after dt_open() has checked it.
 */
#include "dt.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

enum {
    HEADER_BYTES = 40,
    CELL_BYTES = 4,
    /* Byte offsets of the header's fields, specification 5.2. */
    MAGIC = 0,
    TOTAL_SIZE = 4,
    STRUCT_OFFSET = 8,
    STRINGS_OFFSET = 12,
    VERSION = 20,
    LAST_COMPATIBLE_VERSION = 24,
    STRINGS_SIZE = 32,
    STRUCT_SIZE = 36,
    /* Byte offsets from an FDT_PROP token, 5.4.1. */
    PROP_LENGTH = 4,
    PROP_NAME_OFFSET = 8,
    PROP_VALUE = 12,
};

#define HEADER_MAGIC   0xd00dfeedu
#define HEADER_VERSION 17u
#define NO_TOKEN       ((uint64_t)UINT32_MAX + 1) /* as a length: longer than any block */

enum token {
    TOKEN_DAMAGED = 0,
    TOKEN_BEGIN_NODE = 1,
    TOKEN_END_NODE = 2,
    TOKEN_PROP = 3,
    TOKEN_NOP = 4,
    TOKEN_END = 9,
};

/*
 * Bytewise, but always at a multiple of four, which dt_open() makes sure of: a compiler that merges
 * the four loads into one makes an aligned one, which is allowed even before the MMU is on.
 */
static uint32_t read_be32(const void *at)
{
    const uint8_t *byte = at;

    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

/* Length with its NUL of a string that must end within @p max bytes; 0: it does not. */
static uint32_t string_bytes(const void *string, uint32_t max)
{
    const uint8_t *end = memchr(string, '\0', max);

    return end ? (uint32_t)(end - (const uint8_t *)string) + 1 : 0;
}

static bool is_aligned(const void *blob)
{
    return (uintptr_t)blob % CELL_BYTES == 0;
}

/*
 * Length of the token at @p token with all that belongs to it, padding left out; @p left, at least
 * 4, is what the block still holds. More than @p left: damaged. 64 bits, so that no sum wraps.
 */
static uint64_t token_bytes(const uint8_t *token, uint32_t left)
{
    uint32_t name;

    switch (read_be32(token)) {
    case TOKEN_BEGIN_NODE:
        name = string_bytes(token + CELL_BYTES, left - CELL_BYTES);
        return name != 0 ? CELL_BYTES + name : NO_TOKEN;
    case TOKEN_PROP:
        if (left < PROP_VALUE)
            return NO_TOKEN;
        return PROP_VALUE + (uint64_t)read_be32(token + PROP_LENGTH);
    case TOKEN_END_NODE:
    case TOKEN_NOP:
    case TOKEN_END:
        return CELL_BYTES;
    default:
        return NO_TOKEN;
    }
}

static uint64_t padded(uint64_t bytes)
{
    return (bytes + CELL_BYTES - 1) / CELL_BYTES * CELL_BYTES;
}

/*
 * Take the token at *pos and move *pos behind it, its payload and the padding. What is returned
 * lies wholly within the block; TOKEN_DAMAGED, which does not move *pos, also stands for the
 * block's end.
 */
static enum token take_token(const struct dt *dt, uint32_t *pos)
{
    uint32_t left = *pos < dt->structure_bytes ? dt->structure_bytes - *pos : 0;
    const uint8_t *token = dt->structure + *pos;
    uint64_t bytes;

    if (left < CELL_BYTES)
        return TOKEN_DAMAGED;
    bytes = padded(token_bytes(token, left));
    if (bytes > left)
        return TOKEN_DAMAGED;
    *pos += (uint32_t)bytes;
    return (enum token)read_be32(token);
}

static bool is_node(const struct dt *dt, int node)
{
    uint32_t pos = (uint32_t)node;

    return node >= 0 && node % CELL_BYTES == 0 && take_token(dt, &pos) == TOKEN_BEGIN_NODE;
}

/*
 * The node that begins next behind the beginning of @p node, in the tree's order, or -ENOENT.
 * *depth goes up by one for each level entered and down by one for each left on the way: relative
 * to @p node, a child is at +1 and what is outside @p node at 0 or less.
 */
static int next_node(const struct dt *dt, int node, int *depth)
{
    uint32_t pos = (uint32_t)node;

    take_token(dt, &pos);
    for (;;) {
        uint32_t start = pos;

        switch (take_token(dt, &pos)) {
        case TOKEN_BEGIN_NODE:
            ++*depth;
            return (int)start;
        case TOKEN_END_NODE:
            --*depth;
            break;
        case TOKEN_PROP:
        case TOKEN_NOP:
            break;
        case TOKEN_END:
        case TOKEN_DAMAGED:
            return -ENOENT;
        }
    }
}

uint32_t dt_size(const void *blob)
{
    const uint8_t *header = blob;

    if (!is_aligned(blob) || read_be32(header + MAGIC) != HEADER_MAGIC)
        return 0;
    return read_be32(header + TOTAL_SIZE);
}

static bool block_is_inside(uint32_t total, uint32_t offset, uint32_t bytes)
{
    return offset >= HEADER_BYTES && offset <= total && bytes <= total - offset;
}

static int read_header(struct dt *dt, const uint8_t *header, size_t max_bytes)
{
    uint32_t total = max_bytes < HEADER_BYTES ? 0 : dt_size(header);
    uint32_t structure;
    uint32_t strings;

    if (total < HEADER_BYTES)
        return -EINVAL;
    if (total > max_bytes || total > INT_MAX) /* a node handle is an int */
        return -E2BIG;
    if (read_be32(header + VERSION) < HEADER_VERSION ||
        read_be32(header + LAST_COMPATIBLE_VERSION) > HEADER_VERSION)
        return -EINVAL;
    structure = read_be32(header + STRUCT_OFFSET);
    strings = read_be32(header + STRINGS_OFFSET);
    dt->structure_bytes = read_be32(header + STRUCT_SIZE);
    dt->strings_bytes = read_be32(header + STRINGS_SIZE);
    if (structure % CELL_BYTES != 0 || !block_is_inside(total, structure, dt->structure_bytes) ||
        !block_is_inside(total, strings, dt->strings_bytes))
        return -EINVAL;
    dt->structure = header + structure;
    dt->strings = (const char *)header + strings;
    return 0;
}

/* @p prop is where a TOKEN_PROP was taken. */
static bool prop_name_ends(const struct dt *dt, uint32_t prop)
{
    uint32_t offset = read_be32(dt->structure + prop + PROP_NAME_OFFSET);

    return offset < dt->strings_bytes &&
           string_bytes(dt->strings + offset, dt->strings_bytes - offset) != 0;
}

/* One root, at offset 0; properties inside nodes only; as many ends as beginnings; then the end. */
static bool structure_is_sound(const struct dt *dt)
{
    uint32_t pos = 0;
    uint32_t depth = 0;

    if (!is_node(dt, 0))
        return false;
    for (;;) {
        uint32_t start = pos;

        switch (take_token(dt, &pos)) {
        case TOKEN_BEGIN_NODE:
            if (depth == 0 && start != 0)
                return false;
            depth++;
            break;
        case TOKEN_END_NODE:
            if (depth == 0)
                return false;
            depth--;
            break;
        case TOKEN_PROP:
            if (depth == 0 || !prop_name_ends(dt, start))
                return false;
            break;
        case TOKEN_NOP:
            break;
        case TOKEN_END:
            return depth == 0;
        case TOKEN_DAMAGED:
            return false;
        }
    }
}

int dt_open(struct dt *dt, const void *blob, size_t max_bytes)
{
    struct dt tree;
    int error;

    if (!is_aligned(blob))
        return -EINVAL;
    error = read_header(&tree, blob, max_bytes);
    if (error)
        return error;
    if (!structure_is_sound(&tree))
        return -EINVAL;
    *dt = tree;
    return 0;
}

/* Whether the node's name is the path component, with or without the name's unit address. */
static bool name_matches(const struct dt *dt, int node, const char *component, size_t len)
{
    const char *name = (const char *)dt->structure + node + CELL_BYTES;

    if (strncmp(name, component, len) != 0)
        return false;
    return name[len] == '\0' || (name[len] == '@' && !memchr(component, '@', len));
}

static int find_child(const struct dt *dt, int node, const char *component, size_t len)
{
    int depth = 0;

    for (;;) {
        node = next_node(dt, node, &depth);
        if (node < 0 || depth <= 0)
            return -ENOENT;
        if (depth == 1 && name_matches(dt, node, component, len))
            return node;
    }
}

int dt_find_path(const struct dt *dt, const char *path)
{
    int node = 0;

    if (*path != '/')
        return -EINVAL;
    for (path += strspn(path, "/"); *path && node >= 0; path += strspn(path, "/")) {
        size_t len = strcspn(path, "/");

        node = find_child(dt, node, path, len);
        path += len;
    }
    return node;
}

static bool prop_is_named(const struct dt *dt, uint32_t prop, const char *name)
{
    uint32_t offset = read_be32(dt->structure + prop + PROP_NAME_OFFSET);
    size_t bytes = strlen(name) + 1;

    return offset <= dt->strings_bytes && bytes <= dt->strings_bytes - offset &&
           memcmp(dt->strings + offset, name, bytes) == 0;
}

const void *dt_prop(const struct dt *dt, int node, const char *name, uint32_t *len)
{
    uint32_t pos = (uint32_t)node;
    enum token token;

    if (!is_node(dt, node))
        return NULL;
    take_token(dt, &pos);
    do { /* a node's properties come before its children, 5.4.2 */
        uint32_t start = pos;

        token = take_token(dt, &pos);
        if (token == TOKEN_PROP && prop_is_named(dt, start, name)) {
            if (len)
                *len = read_be32(dt->structure + start + PROP_LENGTH);
            return dt->structure + start + PROP_VALUE;
        }
    } while (token == TOKEN_PROP || token == TOKEN_NOP);
    return NULL;
}

int dt_prop_u32(const struct dt *dt, int node, const char *name, unsigned int index,
                uint32_t *value)
{
    uint32_t len;
    const uint8_t *cells = dt_prop(dt, node, name, &len);

    if (!cells)
        return is_node(dt, node) ? -ENOENT : -EINVAL;
    if (len % CELL_BYTES != 0)
        return -EINVAL;
    if (index >= len / CELL_BYTES)
        return -ENOENT;
    *value = read_be32(cells + (size_t)index * CELL_BYTES);
    return 0;
}

static bool list_contains(const char *list, uint32_t len, const char *string)
{
    uint32_t bytes;

    for (; len > 0; list += bytes, len -= bytes) {
        bytes = string_bytes(list, len);
        if (bytes == 0)
            return false;
        if (strcmp(list, string) == 0)
            return true;
    }
    return false;
}

static bool prop_contains(const struct dt *dt, int node, const char *name, const char *string)
{
    uint32_t len;
    const char *list = dt_prop(dt, node, name, &len);

    return list && list_contains(list, len, string);
}

static int find_by_string(const struct dt *dt, int after, const char *name, const char *string)
{
    int depth = 0; /* of no interest here */
    int node = 0;

    if (after != -1) {
        if (!is_node(dt, after))
            return -EINVAL;
        node = next_node(dt, after, &depth);
    }
    while (node >= 0 && !prop_contains(dt, node, name, string))
        node = next_node(dt, node, &depth);
    return node;
}

int dt_find_compatible(const struct dt *dt, int after, const char *compatible)
{
    return find_by_string(dt, after, "compatible", compatible);
}

int dt_find_device_type(const struct dt *dt, int after, const char *type)
{
    return find_by_string(dt, after, "device_type", type);
}

/* Two walks from the root instead of a stack of ancestors: any depth is fine, and no recursion. */
static int parent_of(const struct dt *dt, int node)
{
    int parent = -EINVAL;
    int node_depth = 0;
    int depth = 0;
    int at;

    for (at = 0; at >= 0 && at < node;)
        at = next_node(dt, at, &node_depth);
    if (at != node)
        return -EINVAL;
    for (at = 0; at >= 0 && at < node; at = next_node(dt, at, &depth)) {
        if (depth == node_depth - 1)
            parent = at;
    }
    return parent;
}

/* #address-cells or #size-cells; @p otherwise if the node has none; UINT32_MAX: not one cell. */
static uint32_t cell_count(const struct dt *dt, int node, const char *name, uint32_t otherwise)
{
    uint32_t len;
    const void *value = dt_prop(dt, node, name, &len);

    if (!value)
        return otherwise;
    return len == CELL_BYTES ? read_be32(value) : UINT32_MAX;
}

static uint64_t read_cells(const uint8_t *cells, uint32_t count)
{
    uint64_t value = 0;

    for (; count > 0; count--, cells += CELL_BYTES)
        value = value << 32 | read_be32(cells);
    return value;
}

int dt_reg(const struct dt *dt, int node, unsigned int index, uint64_t *addr, uint64_t *size)
{
    int parent = parent_of(dt, node);
    uint32_t address_cells = cell_count(dt, parent, "#address-cells", 2);
    uint32_t size_cells = cell_count(dt, parent, "#size-cells", 1);
    uint32_t len;
    uint32_t pair_bytes;
    const uint8_t *reg = dt_prop(dt, node, "reg", &len);

    if (parent < 0 || address_cells < 1 || address_cells > 2 || size_cells > 2)
        return -EINVAL;
    if (!reg)
        return -ENOENT;
    pair_bytes = (address_cells + size_cells) * CELL_BYTES;
    if (len % pair_bytes != 0)
        return -EINVAL;
    if (index >= len / pair_bytes)
        return -ENOENT;
    reg += (size_t)index * pair_bytes;
    if (addr)
        *addr = read_cells(reg, address_cells);
    if (size)
        *size = read_cells(reg + (size_t)address_cells * CELL_BYTES, size_cells);
    return 0;
}

bool dt_is_enabled(const struct dt *dt, int node)
{
    uint32_t len;
    const char *status = dt_prop(dt, node, "status", &len);

    if (!status)
        return is_node(dt, node);
    return list_contains(status, len, "okay") || list_contains(status, len, "ok");
}
