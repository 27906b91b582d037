/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding Xen: see xen.h.
 */
#include "drivers/xen/xen.h"

#include <string.h>

#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/config.h"
#include "drivers/xen/hypercall.h"

/* Interrupt cells, Linux: Documentation/devicetree/bindings/interrupt-controller/arm,gic.yaml */
#define CELL_PPI      1u
#define INTID_OF_PPI0 16u /* fact B3 */
#define INTID_OF_SPI0 32u

static struct shared_info *shared; /* NULL: no Xen */

static int damaged(const char *what)
{
    printk("xen: the device tree's hypervisor node has no usable '%s'; running without Xen\n",
           what);
    return -EINVAL;
}

static int read_event_line(const struct dt *dt, int node, unsigned int *line)
{
    uint32_t type;
    uint32_t number;

    if (dt_prop_u32(dt, node, "interrupts", 0, &type) != 0 ||
        dt_prop_u32(dt, node, "interrupts", 1, &number) != 0)
        return damaged("interrupts");
    if (type == CELL_PPI ? number >= 16 : number >= 988)
        return damaged("interrupts");
    *line = number + (type == CELL_PPI ? INTID_OF_PPI0 : INTID_OF_SPI0);
    return 0;
}

static int read_window(const struct dt *dt, int node, struct xen *xen)
{
    if (dt_reg(dt, node, 0, &xen->window_ipa, &xen->window_bytes) != 0 ||
        xen->window_ipa % PAGE_SIZE != 0 ||
        xen->window_bytes < (CFG_GNTTAB_FRAMES + 1 + CFG_GNTMAP_SLOTS) * (uint64_t)PAGE_SIZE)
        return damaged("reg");
    return 0;
}

static void read_version(struct xen *xen)
{
    uint32_t version = (uint32_t)hypercall_version();

    xen->major = version >> 16;
    xen->minor = version & 0xffff;
    _Static_assert(sizeof(xen->extra) == sizeof(xen_extraversion_t), "xen/version.h");
    if (hypercall_extraversion(&xen->extra) != 0)
        xen->extra[0] = 0;
    xen->extra[sizeof(xen->extra) - 1] = 0;
}

/* The text ends in a space, and may be longer than anybody wants to read. */
static void read_capabilities(struct xen *xen)
{
    xen_capabilities_info_t text = "";
    size_t len = 0;

    if (hypercall_capabilities(&text) != 0)
        return;
    while (len < sizeof(xen->capabilities) - 1 && text[len] != 0)
        len++;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    memcpy(xen->capabilities, text, len);
}

static int map_shared_info(struct xen *xen)
{
    uint64_t ipa = xen->window_ipa + CFG_GNTTAB_FRAMES * (uint64_t)PAGE_SIZE;
    int rc = hypercall_add_to_physmap(XENMAPSPACE_shared_info, 0, ipa / PAGE_SIZE);

    if (rc != 0) {
        printk("xen: no shared_info page (error %d): no events; running without Xen\n", rc);
        return rc;
    }
    xen->shared = mem_map(ipa, PAGE_SIZE, MEM_SHARED);
    shared = xen->shared;
    return shared != NULL ? 0 : -ENOMEM;
}

int xen_init(const struct dt *dt, struct xen *xen)
{
    int node = dt_find_compatible(dt, -1, "xen,xen");
    int rc;

    memset(xen, 0, sizeof(*xen));
    if (node < 0 || !dt_is_enabled(dt, node))
        return -ENODEV;
    rc = read_event_line(dt, node, &xen->event_line);
    if (rc == 0)
        rc = read_window(dt, node, xen);
    if (rc != 0)
        return rc;
    read_version(xen);
    read_capabilities(xen);
    (void)hypercall_features(&xen->features);
    return map_shared_info(xen);
}

bool xen_is_present(void)
{
    return shared != NULL;
}

struct shared_info *xen_shared(void)
{
    return shared;
}
