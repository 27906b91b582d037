/* SPDX-License-Identifier: Apache-2.0
 *
 * Output only so far: bytes go out while the FIFO has room, the console ring keeps the rest for the next pump.
 */
#include "pl011.h"

#include <errno.h>
#include <stddef.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "drivers/console/console.h"

#define UARTDR 0x000
#define UARTFR 0x018
#define UARTCR 0x030 /* not in the SBSA subset */

#define UARTFR_TXFF   (1u << 5)
#define UARTCR_UARTEN (1u << 0)
#define UARTCR_TXE    (1u << 8)

static uint8_t *base;
static uint64_t address;
static bool return_sent; /* the "\r" of a "\n" that found no room itself */

static bool put(char c)
{
    if ((mmio_read32(base + UARTFR) & UARTFR_TXFF) != 0) {
        return false;
    }
    mmio_write32(base + UARTDR, (uint8_t)c);
    return true;
}

static bool put_text(char c)
{
    if (c == '\n' && !return_sent) {
        if (!put('\r')) {
            return false;
        }
        return_sent = true;
    }
    if (!put(c)) {
        return false;
    }
    return_sent = false;
    return true;
}

static size_t pl011_write(struct console_sink *to, const char *text, size_t len)
{
    size_t taken = 0;

    (void)to;
    while (taken < len && put_text(text[taken])) {
        taken++;
    }
    return taken;
}

static struct console_sink sink = {.is_uart = true, .write = pl011_write};

int pl011_init(const struct dt *dt)
{
    int node = dt_find_compatible(dt, -1, "arm,sbsa-uart");
    const bool sbsa = node >= 0;

    if (!sbsa) {
        node = dt_find_compatible(dt, -1, "arm,pl011");
    }
    if (node < 0) {
        return -ENODEV;
    }
    if (dt_reg(dt, node, 0, &address, NULL) != 0) {
        return -EINVAL;
    }
    base = mem_map(address, PAGE_SIZE, MEM_DEVICE);
    if (base == NULL) {
        return -EINVAL;
    }
    if (!sbsa) {
        mmio_write32(base + UARTCR, UARTCR_UARTEN | UARTCR_TXE);
    }
    sink.name = sbsa ? "vPL011" : "PL011";
    console_add(&sink);
    return 0;
}

uint64_t pl011_address(void)
{
    return address;
}

const char *pl011_name(void)
{
    return sink.name;
}
