/* SPDX-License-Identifier: Apache-2.0
 *
 * The PL011 driver and the real console on a model of the device: FIFOs, conditions and the interrupt line, the latter
 * as in hardware (as long as a condition holds) and as Xen 4.17 has it (when another one comes true).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <arch/mem.h>
#include <arch/mmio.h>
#include <arch/port.h>

/* Included, so that each test starts with a new console and no ports. input.c is linked. */
#include "drivers/console/console.c"
#include "drivers/uart/pl011.c"

#define SBSA_ADDRESS 0x22000000u
#define FULL_ADDRESS 0x09000000u
#define FIFO         16u
#define TEXT_BYTES   8192u

enum { SBSA, FULL };

/* The device, and who is at the other end of its wire. */
static struct device {
    uint8_t page[PAGE_SIZE]; /* only its address counts */
    bool is_as_xens;
    uint32_t imsc, seen; /* seen: what the line was raised for */
    bool is_raised;
    uint32_t control;
    unsigned int queued; /* in the transmit FIFO */
    char shown[TEXT_BYTES];
    size_t shown_len;
    uint32_t typed[TEXT_BYTES];
    size_t typed_len, typed_read;
    unsigned int imsc_writes;
} devices[2];

static unsigned int accesses, drains_at; /* the wire takes all, at this access */
static unsigned int runs;                /* of pl011_isr() */
static bool present[2], is_disabled;
static bool is_map_full;
static unsigned int masked;
static char got[TEXT_BYTES];
static size_t got_len;

static uint32_t conditions(const struct device *device)
{
    const size_t waiting = device->typed_len - device->typed_read;

    return (waiting >= FIFO / 2 ? INT_RX : 0) | (waiting > 0 ? INT_RT : 0) |
           (device->queued <= FIFO / 2 ? INT_TX : 0);
}

static void update(struct device *device)
{
    const uint32_t now = conditions(device) & device->imsc;

    if (device->is_as_xens) {
        device->is_raised |= (now & ~device->seen) != 0;
    } else {
        device->is_raised = now != 0;
    }
    device->seen = now;
}

static void drain(struct device *device)
{
    device->queued = 0;
    update(device);
}

static struct device *device_of(const volatile void *addr, size_t *offset)
{
    for (unsigned int i = 0; i < 2; i++) {
        if ((const uint8_t *)addr >= devices[i].page &&
            (const uint8_t *)addr < devices[i].page + PAGE_SIZE) {
            *offset = (size_t)((const uint8_t *)addr - devices[i].page);
            if (++accesses == drains_at) {
                drain(&devices[i]);
            }
            return &devices[i];
        }
    }
    fail_msg("an access beside the device");
    return NULL;
}

static uint32_t take_typed(struct device *device)
{
    const uint32_t data =
        device->typed_read < device->typed_len ? device->typed[device->typed_read++] : 0;

    update(device);
    return data;
}

uint32_t mmio_read32(const volatile void *addr)
{
    size_t offset = 0;
    struct device *const device = device_of(addr, &offset);

    switch (offset) {
    case UARTDR:
        assert_true(device->typed_read < device->typed_len);
        return take_typed(device);
    case UARTFR:
        return (device->typed_read == device->typed_len ? UARTFR_RXFE : 0) |
               (device->queued == FIFO ? UARTFR_TXFF : 0);
    default:
        fail_msg("a read of register %zx", offset);
        return 0;
    }
}

void mmio_write32(volatile void *addr, uint32_t value)
{
    size_t offset = 0;
    struct device *const device = device_of(addr, &offset);

    switch (offset) {
    case UARTDR:
        assert_in_range(device->queued, 0, FIFO - 1);
        assert_in_range(value, 0, 0xff);
        device->queued++;
        device->shown[device->shown_len++] = (char)value;
        break;
    case UARTIMSC:
        device->imsc = value;
        device->imsc_writes++;
        break;
    case UARTCR:
        assert_ptr_equal(device, &devices[FULL]); /* the subset has none */
        device->control = value;
        break;
    default:
        fail_msg("a write of register %zx", offset);
    }
    update(device);
}

/* ---- the rest of the machine ---- */

void *mem_map(uint64_t ipa, size_t bytes, enum mem_kind kind)
{
    assert_int_equal(bytes, PAGE_SIZE);
    assert_int_equal(kind, MEM_DEVICE);
    if (is_map_full) {
        return NULL;
    }
    return ipa == SBSA_ADDRESS ? devices[SBSA].page : devices[FULL].page;
}

/* Nodes 1 and 2 are SBSA UARTs, 3 is a PL011; the first may be disabled. */
int dt_find_compatible(const struct dt *dt, int after, const char *compatible)
{
    (void)dt;
    if (strcmp(compatible, "arm,pl011") == 0) {
        return present[FULL] && after < 3 ? 3 : -ENOENT;
    }
    assert_string_equal(compatible, "arm,sbsa-uart");
    return present[SBSA] && after < 2 ? (after < 1 ? 1 : 2) : -ENOENT;
}

bool dt_is_enabled(const struct dt *dt, int node)
{
    (void)dt;
    return node != 1 || !is_disabled;
}

int dt_reg(const struct dt *dt, int node, unsigned int index, uint64_t *addr, uint64_t *size)
{
    (void)dt;
    assert_int_equal(index, 0);
    assert_null(size);
    *addr = node == 3 ? FULL_ADDRESS : SBSA_ADDRESS;
    return 0;
}

arch_irq_t arch_irq_save(void)
{
    return masked++ > 0;
}

void arch_irq_restore(arch_irq_t was)
{
    masked--;
    assert_int_equal(was, masked > 0);
}

void SuspendAllInterrupts(void)
{
    (void)arch_irq_save();
}

void ResumeAllInterrupts(void)
{
    arch_irq_restore(masked > 1);
}

uint32_t arch_timer_hz(void)
{
    return 1000;
}

uint64_t arch_timer_count(void)
{
    static uint64_t count;

    return count++;
}

bool OSMayWait(void)
{
    return false;
}

StatusType ActivateTask(TaskType task)
{
    (void)task;
    fail_msg("nobody has asked for a task");
    return E_OK;
}

/* ---- the test's side ---- */

static void input(const char *text, size_t len)
{
    memcpy(&got[got_len], text, len);
    got_len += len;
}

/* Interrupts, as long as there are any; @return how many. */
static unsigned int interrupts(void)
{
    runs = 0;
    while (devices[SBSA].is_raised || devices[FULL].is_raised) {
        for (unsigned int i = 0; i < 2; i++) {
            if (devices[i].is_as_xens) {
                devices[i].is_raised = false; /* taken; hardware's falls by itself */
            }
        }
        assert_in_range(++runs, 1, 1000);
        pl011_isr();
    }
    return runs;
}

static void type_at(struct device *device, const char *text)
{
    while (*text != '\0') {
        device->typed[device->typed_len++] = (uint8_t)*text++;
    }
    update(device);
}

static void assert_shown(const struct device *device, const char *text)
{
    assert_int_equal(device->shown_len, strlen(text));
    assert_memory_equal(device->shown, text, device->shown_len);
}

/* What only the other end does: take text, whenever it likes. */
static void read_all(struct device *device)
{
    for (unsigned int i = 0; i < TEXT_BYTES / FIFO; i++) {
        drain(device);
        (void)interrupts();
    }
}

static void begin(bool sbsa, bool full, bool as_xens)
{
    sinks = NULL;
    written = 0;
    memset(devices, 0, sizeof(devices));
    memset(uarts, 0, sizeof(uarts));
    uart_count = 0;
    devices[SBSA].is_as_xens = devices[FULL].is_as_xens = as_xens;
    present[SBSA] = sbsa;
    present[FULL] = full;
    is_disabled = is_map_full = false;
    accesses = drains_at = masked = 0;
    got_len = 0;
    console_on_input(input);
}

static void start(bool sbsa, bool full, bool as_xens)
{
    begin(sbsa, full, as_xens);
    assert_int_equal(pl011_init(NULL), 0);
    for (unsigned int i = 0; pl011_port(i) != NULL; i++) {
        pl011_listen(i, 32 + i);
    }
}

/* ---- tests ---- */

static void what_is_there_is_found(void **state)
{
    (void)state;
    begin(false, false, true);
    assert_int_equal(pl011_init(NULL), -ENODEV);
    assert_null(pl011_port(0));

    begin(true, false, true);
    assert_int_equal(pl011_init(NULL), 0);
    assert_string_equal(pl011_port(0)->name, "vPL011");
    assert_int_equal(pl011_port(0)->address, SBSA_ADDRESS);
    assert_null(pl011_port(1));

    begin(true, true, true);
    is_disabled = true;
    assert_int_equal(pl011_init(NULL), 0);
    assert_int_equal(pl011_port(0)->node, 2);
    assert_string_equal(pl011_port(1)->name, "PL011");
    assert_int_equal(devices[FULL].control, UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE);

    begin(true, false, true);
    is_map_full = true;
    assert_int_equal(pl011_init(NULL), -EINVAL);
    assert_null(pl011_port(0));
}

static void text_goes_out_at_both(void **state)
{
    (void)state;
    start(true, true, false);
    printk("one\ntwo\n");
    assert_shown(&devices[SBSA], "one\r\ntwo\r\n");
    assert_shown(&devices[FULL], "one\r\ntwo\r\n");
    assert_int_equal(interrupts(), 0);
}

static void an_idle_device_is_left_alone(void **state)
{
    (void)state;
    start(true, false, true);
    printk("text\n");
    accesses = 0;
    assert_int_equal(interrupts(), 0);
    drain(&devices[SBSA]);
    assert_int_equal(interrupts(), 0);
    assert_int_equal(accesses, 0);
}

static void check_long_text(bool as_xens, unsigned int drain_at)
{
    char text[301];

    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        text[i] = (char)('a' + i % 26);
    }
    text[sizeof(text) - 1] = '\0';
    start(true, false, as_xens);
    drains_at = drain_at;
    printk("%s", text);
    assert_in_range(devices[SBSA].shown_len, FIFO, 2 * FIFO);
    (void)interrupts();
    read_all(&devices[SBSA]);
    assert_shown(&devices[SBSA], text);
    assert_int_equal(uarts[0].enabled, INT_RX | INT_RT); /* nothing to wait for */
    assert_int_equal(interrupts(), 0);
}

/* The wire takes what the FIFO holds between any two steps of ours. */
static void a_long_text_needs_no_polling(void **state)
{
    (void)state;
    for (unsigned int at = 0; at < 60; at++) {
        check_long_text(true, at);
        check_long_text(false, at);
    }
}

static void a_line_end_is_never_torn(void **state)
{
    (void)state;
    start(true, false, true);
    printk("123456789012345\n"); /* "\r" is the 16th, "\n" finds no room */
    assert_int_equal(devices[SBSA].shown_len, FIFO);
    read_all(&devices[SBSA]);
    assert_shown(&devices[SBSA], "123456789012345\r\n");
}

static void without_an_interrupt_text_still_goes_out(void **state)
{
    (void)state;
    begin(true, false, true);
    assert_int_equal(pl011_init(NULL), 0);
    printk("12345678901234567890");
    drain(&devices[SBSA]);
    printk("!");
    assert_shown(&devices[SBSA], "12345678901234567890!");
    assert_int_equal(devices[SBSA].imsc_writes, 0);
}

static void what_is_typed_arrives_and_is_echoed(void **state)
{
    (void)state;
    for (unsigned int as_xens = 0; as_xens < 2; as_xens++) {
        start(true, true, as_xens != 0);
        type_at(&devices[SBSA], "ls\r");
        assert_int_equal(interrupts(), 1);
        type_at(&devices[FULL], "x");
        assert_int_equal(interrupts(), 1);
        assert_int_equal(got_len, 4);
        assert_memory_equal(got, "ls\rx", 4);
        assert_shown(&devices[SBSA], "ls\r\n");
        assert_shown(&devices[FULL], "x");
    }
}

static void what_was_typed_before_the_start_arrives(void **state)
{
    (void)state;
    begin(true, false, true);
    assert_int_equal(pl011_init(NULL), 0);
    type_at(&devices[SBSA], "early");
    assert_int_equal(interrupts(), 0);
    pl011_listen(0, 32);
    assert_int_equal(interrupts(), 1);
    assert_memory_equal(got, "early", 5);
}

/* More than an interrupt takes at once: the rest is not forgotten, although no key is pressed any more. */
static void a_flood_of_input_is_taken_in_several_interrupts(void **state)
{
    (void)state;
    start(true, false, true);
    for (unsigned int i = 0; i < 5000; i++) {
        devices[SBSA].typed[devices[SBSA].typed_len++] = 'z';
    }
    drains_at = 0;
    update(&devices[SBSA]);
    assert_in_range(interrupts(), 2, 10);
    assert_int_equal(devices[SBSA].typed_read, 5000);
    assert_int_equal(got_len, 5000);
    assert_int_equal(console_input_lost(), 0);
}

static void noise_is_no_text(void **state)
{
    (void)state;
    start(false, true, false);
    devices[FULL].typed[devices[FULL].typed_len++] = 'a';
    devices[FULL].typed[devices[FULL].typed_len++] = 'b' | 1u << 8;
    devices[FULL].typed[devices[FULL].typed_len++] = 1u << 10;
    devices[FULL].typed[devices[FULL].typed_len++] = 'c' | 1u << 11; /* overrun: others are lost */
    update(&devices[FULL]);
    (void)interrupts();
    assert_int_equal(got_len, 2);
    assert_memory_equal(got, "ac", 2);

    for (unsigned int i = 0; i < 200; i++) {
        devices[FULL].typed[devices[FULL].typed_len++] = 1u << 10;
    }
    type_at(&devices[FULL], "d");
    (void)interrupts();
    assert_memory_equal(got, "acd", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_there_is_found),
        cmocka_unit_test(text_goes_out_at_both),
        cmocka_unit_test(an_idle_device_is_left_alone),
        cmocka_unit_test(a_long_text_needs_no_polling),
        cmocka_unit_test(a_line_end_is_never_torn),
        cmocka_unit_test(without_an_interrupt_text_still_goes_out),
        cmocka_unit_test(what_is_typed_arrives_and_is_echoed),
        cmocka_unit_test(what_was_typed_before_the_start_arrives),
        cmocka_unit_test(a_flood_of_input_is_taken_in_several_interrupts),
        cmocka_unit_test(noise_is_no_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
