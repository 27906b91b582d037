/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reader of a flattened device tree (Devicetree Specification 0.4, chapter 5, version 17), in
 * place.
 *
 * Everything the image knows about its machine comes from the tree that the loader passes in r2.
 * The reader copies nothing, allocates nothing and keeps no state but `struct dt`. It never reads
 * outside the blob, whatever the blob holds, and every call ends: a call reads at most the tree's
 * size once per path component (twice for dt_reg()).
 *
 * A node handle is the byte offset of the node in the structure block, as in libfdt; 0 is the root.
 * A negative handle (the error of a search) may be passed on: the next call reports it as a fault.
 * Errors are negative <errno.h> values. Context: any; nothing here masks, waits or writes the blob.
 */
#ifndef LIB_DT_H
#define LIB_DT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** An opened tree. Filled by dt_open(), owned by the caller, read-only for everybody else. */
struct dt {
    const uint8_t *structure; /* first byte of the structure block, 4-byte aligned */
    const char *strings;      /* first byte of the strings block */
    uint32_t structure_bytes;
    uint32_t strings_bytes;
};

/**
 * The total size that a blob states in its header.
 * @param  blob  at least 8 readable bytes
 * @return size in bytes, unchecked; 0: no device tree here (wrong magic, or not 4-byte aligned)
 */
uint32_t dt_size(const void *blob);

/**
 * Check a whole tree, once, and prepare to read it.
 * The structure block is walked to its end, so a damaged tree fails here with one error instead of
 * as a missing node later. The memory reservation block is not looked at.
 * @param  dt         filled on success only
 * @param  blob       4-byte aligned; must stay mapped and unchanged while @p dt is used
 * @param  max_bytes  how many bytes from @p blob on may be read
 * @return 0; -EINVAL: not a device tree, a version that 17 cannot read, or damaged (offset, token,
 *         nesting or name out of range); -E2BIG: a tree that is larger than @p max_bytes
 */
int dt_open(struct dt *dt, const void *blob, size_t max_bytes);

/**
 * Find a node by its full path, for example "/cpus/cpu@0".
 * A component without '@' also matches the first sibling of that name with any unit address, so
 * "/memory" finds "/memory@40000000". Repeated and trailing slashes are ignored; "/" is the root.
 * @return node; -ENOENT: no such node; -EINVAL: the path does not start with '/' (no aliases here)
 */
int dt_find_path(const struct dt *dt, const char *path);

/**
 * Find the next node one of whose "compatible" strings is @p compatible, in the tree's order.
 * @param  after  -1: search from the root, included; a node: search behind it
 * @return node; -ENOENT: no further one; -EINVAL: @p after is no node
 */
int dt_find_compatible(const struct dt *dt, int after, const char *compatible);

/**
 * Find the next node whose "device_type" is @p type; "memory" lists the RAM banks.
 * Same rules as dt_find_compatible().
 */
int dt_find_device_type(const struct dt *dt, int after, const char *type);

/**
 * Look up a property of a node.
 * @param  len  may be NULL; value's length in bytes, 0 .. ; untouched if the property is absent
 * @return the value inside the blob, big-endian, 4-byte aligned, not necessarily NUL-terminated;
 *         NULL: no such property, or @p node is no node. An empty property is not NULL.
 */
const void *dt_prop(const struct dt *dt, int node, const char *name, uint32_t *len);

/**
 * Read one 32-bit cell of a property, converted from big-endian: "clock-frequency", "interrupts".
 * @param  index  cell number, from 0
 * @param  value  written on success only
 * @return 0; -ENOENT: no such property, or it has no cell @p index;
 *         -EINVAL: @p node is no node, or the property is not made of whole cells
 */
int dt_prop_u32(const struct dt *dt, int node, const char *name, unsigned int index,
                uint32_t *value);

/**
 * Read one (address, size) pair of a node's "reg", in the parent's #address-cells (1 or 2; 2 if the
 * parent has none) and #size-cells (0 .. 2; 1 if the parent has none; with 0 the size reads as 0).
 * Addresses are not translated through "ranges": the nodes that Xen writes for a guest, and those
 * of QEMU's virt machine that we use, have the CPU's own addresses.
 * @param  index       pair number, from 0
 * @param  addr, size  written on success only; either may be NULL
 * @return 0; -ENOENT: no "reg", or it has no pair @p index; -EINVAL: @p node is the root or no
 * node, the parent's cell counts are outside the range above, or "reg" is not made of whole pairs
 */
int dt_reg(const struct dt *dt, int node, unsigned int index, uint64_t *addr, uint64_t *size);

/** Whether a node may be used: it has no "status", or "okay" or "ok". False if it is no node. */
bool dt_is_enabled(const struct dt *dt, int node);

#endif
