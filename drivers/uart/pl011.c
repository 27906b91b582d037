/* SPDX-License-Identifier: Apache-2.0
 *
 * See pl011.h. Registers: ARM DDI 0183, chapter 3; only UARTCR is missing in the SBSA subset. Under Xen each access is
 * a trap, so none is made that is not needed: reading what has arrived takes back its interrupt, filling the FIFO that
 * of its room, and UARTICR is never written.
 */
#include "pl011.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "drivers/console/console.h"
#include "kernel/os.h"

#define UARTDR   0x000
#define UARTFR   0x018
#define UARTCR   0x030
#define UARTIMSC 0x038

#define UARTDR_BAD    (7u << 8) /* framing, parity, break: no character */
#define UARTFR_RXFE   (1u << 4)
#define UARTFR_TXFF   (1u << 5)
#define UARTCR_UARTEN (1u << 0)
#define UARTCR_TXE    (1u << 8)
#define UARTCR_RXE    (1u << 9)
#define INT_RX        (1u << 4) /* the FIFO is half full */
#define INT_TX        (1u << 5) /* it is half empty */
#define INT_RT        (1u << 6) /* something has waited in it for a while */

/* The first of each kind. */
#define PORT_LIMIT 2u

static struct uart {
    struct console_sink sink; /* first: the console knows us by it */
    struct pl011_port port;
    uint8_t *base;
    uint32_t enabled; /* UARTIMSC */
    bool return_sent; /* the "\r" of a "\n" that found no room itself */
} uarts[PORT_LIMIT];
static unsigned int uart_count;

static void enable(struct uart *uart, uint32_t interrupts)
{
    uart->enabled = interrupts;
    mmio_write32(uart->base + UARTIMSC, interrupts);
}

static bool put_byte(struct uart *uart, char c)
{
    if ((mmio_read32(uart->base + UARTFR) & UARTFR_TXFF) != 0) {
        return false;
    }
    mmio_write32(uart->base + UARTDR, (uint8_t)c);
    return true;
}

static bool put_text(struct uart *uart, char c)
{
    if (c == '\n' && !uart->return_sent) {
        if (!put_byte(uart, '\r')) {
            return false;
        }
        uart->return_sent = true;
    }
    if (!put_byte(uart, c)) {
        return false;
    }
    uart->return_sent = false;
    return true;
}

/* Of its room a FIFO tells only while somebody waits for it: else an idle one would interrupt without end. */
static size_t pl011_write(struct console_sink *sink, const char *text, size_t len)
{
    struct uart *const uart = (struct uart *)sink;
    size_t taken = 0;

    while (taken < len && put_text(uart, text[taken])) {
        taken++;
    }
    if (taken < len && uart->port.line != 0 && (uart->enabled & INT_TX) == 0) {
        enable(uart, uart->enabled | INT_TX);
    }
    return taken;
}

static size_t pl011_read(struct console_sink *sink, char *text, size_t size)
{
    const struct uart *const uart = (struct uart *)sink;
    size_t len = 0;

    for (size_t i = 0; i < size && (mmio_read32(uart->base + UARTFR) & UARTFR_RXFE) == 0; i++) {
        const uint32_t data = mmio_read32(uart->base + UARTDR);

        if ((data & UARTDR_BAD) == 0) {
            text[len++] = (char)data;
        }
    }
    return len;
}

/* Xen 4.17 raises the vPL011's interrupt only when another of the enabled conditions comes true, not as long as one is.
 * So all are switched off and on again: what is still there then, as input that was too much for once, counts as new. */
static void serve(struct uart *uart)
{
    enable(uart, 0);
    console_interrupt(&uart->sink);
    SuspendAllInterrupts(); /* a higher interrupt may print, and find the FIFO full */
    enable(uart, uart->enabled | INT_RX | INT_RT);
    ResumeAllInterrupts();
}

void pl011_isr(void)
{
    for (unsigned int i = 0; i < uart_count; i++) {
        if (uarts[i].port.line != 0) {
            serve(&uarts[i]);
        }
    }
}

void pl011_listen(unsigned int which, unsigned int line)
{
    uarts[which].port.line = line;
    enable(&uarts[which], INT_RX | INT_RT);
}

const struct pl011_port *pl011_port(unsigned int which)
{
    return which < uart_count ? &uarts[which].port : NULL;
}

static int find(const struct dt *dt, const char *compatible)
{
    int node = dt_find_compatible(dt, -1, compatible);

    while (node >= 0 && !dt_is_enabled(dt, node)) {
        node = dt_find_compatible(dt, node, compatible);
    }
    return node;
}

/* @return 0; -ENODEV: none of this kind */
static int add(const struct dt *dt, const char *compatible, const char *name)
{
    struct uart *const uart = &uarts[uart_count];

    uart->port = (struct pl011_port){.name = name, .node = find(dt, compatible)};
    if (uart->port.node < 0) {
        return -ENODEV;
    }
    if (dt_reg(dt, uart->port.node, 0, &uart->port.address, NULL) != 0) {
        return -EINVAL;
    }
    uart->base = mem_map(uart->port.address, PAGE_SIZE, MEM_DEVICE);
    if (uart->base == NULL) {
        return -EINVAL;
    }
    uart->sink = (struct console_sink){
        .name = name, .is_uart = true, .write = pl011_write, .read = pl011_read};
    uart_count++;
    return 0;
}

int pl011_init(const struct dt *dt)
{
    const int sbsa = add(dt, "arm,sbsa-uart", "vPL011");
    const int full = add(dt, "arm,pl011", "PL011");

    if (full == 0) {
        mmio_write32(uarts[uart_count - 1].base + UARTCR, UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE);
    }
    for (unsigned int i = 0; i < uart_count; i++) {
        console_add(&uarts[i].sink);
    }
    if (sbsa == -EINVAL || full == -EINVAL) {
        return -EINVAL;
    }
    return uart_count > 0 ? 0 : -ENODEV;
}
