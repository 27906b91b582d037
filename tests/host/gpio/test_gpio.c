/* SPDX-License-Identifier: Apache-2.0
 *
 * The sunxi port controller driver on a model of the controller: each register access goes through the model, which
 * knows what the pins would do on the wire. A second owner (dom0) drives other pins of the same registers.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <arch/machine.h>
#include <arch/mem.h>
#include <arch/mmio.h>
#include <arch/port.h>

#include "drivers/console/console.h"
#include "drivers/gpio/gpio.h"
#include "drivers/gpio/sunxi.h"
#include "tests/host/lib/random.h"

#define BASE  0x01c20800u
#define WORDS 9u /* registers of a bank */
#define DATA  4u
#define PA(n) (n)
#define PD(n) (96u + (n))
#define PH(n) (224u + (n))

static struct sunxi_layout layout;
const struct gpio_cfg cfg_gpio = {.layout = &layout, .base = BASE};

/* The controller. */
static uint32_t regs[SUNXI_BANKS][WORDS];
static uint32_t outside[SUNXI_BANKS]; /* what is on the wire of pins that are inputs */
static bool present, map_is_full, reads_zero;
static unsigned int reads, writes;
static uint32_t rises[SUNXI_BANKS], falls[SUNXI_BANKS]; /* edges on the wire that the driver made */
static unsigned int masked;
static char printed[256];
static struct {
    uint64_t base, bytes;
} ram[2];

static uint32_t output_mask(unsigned int bank)
{
    uint32_t mask = 0;

    for (unsigned int pin = 0; pin < 32; pin++) {
        if ((regs[bank][pin / 8] >> pin % 8 * 4 & 0xf) == 1) {
            mask |= 1u << pin;
        }
    }
    return mask;
}

/* What a probe on each pin of the bank would show. */
static uint32_t wire(unsigned int bank)
{
    const uint32_t outputs = output_mask(bank);

    return (regs[bank][DATA] & outputs) | (outside[bank] & ~outputs);
}

int machine_ram(unsigned int index, uint64_t *base, uint64_t *bytes)
{
    if (index >= 2 || ram[index].bytes == 0) {
        return -ENOENT;
    }
    *base = ram[index].base;
    *bytes = ram[index].bytes;
    return 0;
}

void *mem_map(uint64_t ipa, size_t bytes, enum mem_kind kind)
{
    assert_int_equal(ipa, BASE);
    assert_int_equal(bytes, sizeof(regs));
    assert_int_equal(kind, MEM_DEVICE);
    return map_is_full ? NULL : regs;
}

static uint32_t *reg_at(const volatile void *addr, unsigned int *bank)
{
    const uintptr_t offset = (uintptr_t)addr - (uintptr_t)regs;

    assert_true(present);
    assert_true(offset < sizeof(regs));
    assert_int_equal(offset % 4, 0);
    *bank = (unsigned int)(offset / sizeof(regs[0]));
    return &regs[*bank][offset % sizeof(regs[0]) / 4];
}

uint32_t mmio_read32(const volatile void *addr)
{
    unsigned int bank;
    uint32_t *const reg = reg_at(addr, &bank);

    reads++;
    if (reads_zero) { /* QEMU 7.2 */
        return 0;
    }
    return reg == &regs[bank][DATA] ? wire(bank) : *reg;
}

void mmio_write32(volatile void *addr, uint32_t value)
{
    unsigned int bank;
    uint32_t *const reg = reg_at(addr, &bank);
    const uint32_t before = wire(bank);

    assert_int_equal(masked, 1); /* each read-modify-write is one critical section */
    writes++;
    *reg = value;
    rises[bank] |= ~before & wire(bank);
    falls[bank] |= before & ~wire(bank);
}

void mmio_write8(volatile void *addr, uint8_t value)
{
    (void)addr;
    (void)value;
    fail_msg("the controller wants 32-bit accesses");
}

bool mmio_probe32(const volatile void *addr, uint32_t *value)
{
    if (present) {
        *value = mmio_read32(addr);
    }
    return present;
}

arch_irq_t arch_irq_save(void)
{
    return masked++ != 0;
}

void arch_irq_restore(arch_irq_t was)
{
    masked--;
    assert_int_equal(masked, was);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vsnprintf(printed, sizeof(printed), fmt, args);
    va_end(args);
}

static void power_up(const struct sunxi_layout *soc)
{
    layout = *soc;
    memset(regs, 0, sizeof(regs));
    memset(regs, 0x77, 16); /* PA: "disabled", the reset value on the H3 */
    memset(outside, 0, sizeof(outside));
    memset(rises, 0, sizeof(rises));
    memset(falls, 0, sizeof(falls));
    reads = writes = masked = 0;
    present = true;
    map_is_full = reads_zero = false;
    printed[0] = '\0';
    ram[0].base = 0x40000000;
    ram[0].bytes = 0x20000000;
    ram[1].bytes = 0;
}

static int h3(void **state)
{
    (void)state;
    power_up(&sunxi_h3);
    return gpio_init();
}

static int a20(void **state)
{
    (void)state;
    power_up(&sunxi_a20);
    return gpio_init();
}

static void names_follow_the_layout(void **state)
{
    static const char *const bad[] = {"",     "P",     "PA",    "A15",  "PA15 ", "pa15", "Pa15",
                                      "PA22", "PA015", "PA150", "PA-1", "PB0",   "PJ0",  "PH0",
                                      "PC17", "PA99",  "P@0",   "PA1x", " PA1",  "PA00"};

    (void)state;
    assert_int_equal(gpio_parse("PA0"), 0);
    assert_int_equal(gpio_parse("PA15"), 15);
    assert_int_equal(gpio_parse("PA21"), 21);
    assert_int_equal(gpio_parse("PD12"), PD(12));
    assert_int_equal(gpio_parse("PG13"), 192 + 13);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(gpio_parse(bad[i]), -EINVAL);
    }
}

static void a20_has_other_ports(void **state)
{
    (void)state;
    assert_int_equal(gpio_parse("PH20"), PH(20));
    assert_int_equal(gpio_parse("PH27"), PH(27));
    assert_int_equal(gpio_parse("PH28"), -EINVAL);
    assert_int_equal(gpio_parse("PA21"), -EINVAL);
    assert_int_equal(gpio_parse("PI21"), 256 + 21);
    assert_int_equal(gpio_parse("PI22"), -EINVAL);
    assert_int_equal(gpio_output(PH(20), true), 0);
    assert_int_equal(wire(7), 1u << 20);
    assert_int_equal(regs[7][2], 0x00010000); /* PH_CFG2 */
}

static void output_starts_without_a_glitch(void **state)
{
    (void)state;
    outside[0] = 1u << 15; /* a pull-up: the pin is high as an input */
    assert_int_equal(gpio_output(PA(15), true), 0);
    assert_int_equal(wire(0) >> 15 & 1, 1);
    assert_int_equal(falls[0], 0);

    assert_int_equal(gpio_output(PA(3), false), 0);
    assert_int_equal(rises[0], 0);
    assert_int_equal(regs[0][1], 0x17777777); /* PA_CFG1: only PA15's field has changed */
}

static void set_moves_the_pin_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(gpio_output(PA(15), false), 0);
    reads = writes = 0;
    assert_int_equal(gpio_set(PA(15), true), 0);
    assert_int_equal(regs[0][DATA], 0x8000);
    assert_int_equal(gpio_get(PA(15)), 1);
    assert_int_equal(gpio_set(PA(15), false), 0);
    assert_int_equal(regs[0][DATA], 0);
    assert_int_equal(gpio_get(PA(15)), 0);
    assert_int_equal(reads, 2);
    assert_int_equal(writes, 2);
}

/* QEMU's PIO reads as 0 always. */
static void levels_do_not_depend_on_what_the_register_reads(void **state)
{
    (void)state;
    reads_zero = true;
    assert_int_equal(gpio_output(PA(15), true), 0);
    assert_int_equal(gpio_output(PA(4), true), 0);
    assert_int_equal(gpio_get(PA(15)), 1);
    assert_int_equal(gpio_set(PA(4), false), 0);
    assert_int_equal(regs[0][DATA], 0x8000);
}

static void inputs_read_the_wire(void **state)
{
    (void)state;
    assert_int_equal(gpio_output(PD(5), true), 0);
    assert_int_equal(gpio_input(PD(5)), 0);
    assert_int_equal(gpio_get(PD(5)), 0);
    outside[3] = 1u << 5;
    assert_int_equal(gpio_get(PD(5)), 1);
    assert_int_equal(gpio_set(PD(5), false), -EPERM);
}

/* What another owner drives stays as that owner drives it, whatever we do, in any order. */
static void two_owners_share_a_bank(void **state) /* fact P4 */
{
    const uint32_t ours = 1u << 15 | 1u << 3 | 1u << 8;
    const uint32_t theirs = 1u << 0 | 1u << 7 | 1u << 20;
    static const unsigned int our_pins[] = {15, 3, 8};
    struct random random = random_start("two_owners_share_a_bank");
    uint32_t want = 0;

    (void)state;
    regs[0][0] = (regs[0][0] & ~0xf000000fu) | 0x10000001u;
    regs[0][2] = (regs[0][2] & ~0x000f0000u) | 0x00010000u;
    for (unsigned int i = 0; i < 3; i++) {
        assert_int_equal(gpio_output(our_pins[i], false), 0);
    }
    for (unsigned int i = 0; i < 20000; i++) {
        if (random_below(&random, 2)) { /* dom0's own read-modify-write, whole */
            const uint32_t bits = (uint32_t)random_bits(&random) & theirs;

            want = (want & ~theirs) | bits;
            regs[0][DATA] = (wire(0) & ~theirs) | bits;
        } else {
            const unsigned int pin = our_pins[random_below(&random, 3)];
            const bool level = random_below(&random, 2);

            want = level ? want | 1u << pin : want & ~(1u << pin);
            assert_int_equal(gpio_set(pin, level), 0);
        }
        outside[0] = (uint32_t)random_bits(&random);
        assert_int_equal(wire(0) & (ours | theirs), want);
    }
}

static void pins_that_are_not_ours_are_refused(void **state)
{
    static const unsigned int nowhere[] = {22, 31, 32, 33, PH(20), 287, 288, 1u << 20, 0xffffffffu};

    (void)state;
    assert_int_equal(gpio_set(PA(15), true), -EPERM);
    assert_int_equal(gpio_get(PA(15)), -EPERM);
    assert_int_equal(gpio_pull(PA(15), GPIO_PULL_UP), -EPERM);
    assert_int_equal(gpio_drive(PA(15), 1), -EPERM);
    for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
        assert_int_equal(gpio_output(nowhere[i], true), -EINVAL);
        assert_int_equal(gpio_input(nowhere[i]), -EINVAL);
        assert_int_equal(gpio_set(nowhere[i], true), -EINVAL);
        assert_int_equal(gpio_get(nowhere[i]), -EINVAL);
    }
    assert_int_equal(writes, 0);
}

static void pull_and_drive_change_one_field(void **state)
{
    (void)state;
    assert_int_equal(gpio_input(PA(17)), 0);
    regs[0][6] = 0x55555555; /* PA_DRV1 */
    regs[0][8] = 0xaaaaaaaa; /* PA_PUL1 */
    assert_int_equal(gpio_pull(PA(17), GPIO_PULL_UP), 0);
    assert_int_equal(regs[0][8], 0xaaaaaaa6);
    assert_int_equal(gpio_pull(PA(17), GPIO_PULL_NONE), 0);
    assert_int_equal(regs[0][8], 0xaaaaaaa2);
    assert_int_equal(gpio_drive(PA(17), 3), 0);
    assert_int_equal(regs[0][6], 0x5555555d);
    assert_int_equal(gpio_pull(PA(17), (enum gpio_pull)3), -EINVAL);
    assert_int_equal(gpio_drive(PA(17), 4), -EINVAL);
    assert_int_equal(regs[0][5] | regs[0][7], 0);
}

static void a_missing_controller_is_said_and_survived(void **state)
{
    (void)state;
    power_up(&sunxi_h3);
    present = false;
    assert_int_equal(gpio_init(), -ENODEV);
    assert_non_null(strstr(printed, "iomem = [\"1c20,1\"]"));
    assert_int_equal(gpio_parse("PA15"), 15);
    assert_int_equal(gpio_output(PA(15), true), -ENODEV);
    assert_int_equal(gpio_input(PA(15)), -ENODEV);
    assert_int_equal(gpio_set(PA(15), true), -ENODEV);
    assert_int_equal(gpio_get(PA(15)), -ENODEV);
    assert_int_equal(gpio_pull(PA(15), GPIO_PULL_UP), -ENODEV);

    power_up(&sunxi_h3);
    map_is_full = true;
    assert_int_equal(gpio_init(), -ENOMEM);
    assert_int_equal(gpio_output(PA(15), true), -ENODEV);
}

static int init_with_ram(uint64_t base, uint64_t bytes)
{
    power_up(&sunxi_h3);
    ram[1].base = base;
    ram[1].bytes = bytes;
    return gpio_init();
}

static void an_alias_inside_ram_is_refused(void **state)
{
    const uint32_t end = BASE + sizeof(regs);

    (void)state;
    assert_int_equal(init_with_ram(0, 0x20000000), -EINVAL);
    assert_int_equal(init_with_ram(BASE, 1), -EINVAL);
    assert_int_equal(init_with_ram(BASE - 0x1000, 0x1001), -EINVAL);
    assert_int_equal(init_with_ram(end - 1, 1), -EINVAL);
    assert_int_equal(reads, 0);
    assert_non_null(strstr(printed, "RAM"));
    assert_int_equal(gpio_output(PA(15), true), -ENODEV);

    assert_int_equal(init_with_ram(BASE - 0x1000, 0x1000), 0);
    assert_int_equal(init_with_ram(end, 0x1000), 0);
    assert_int_equal(init_with_ram(0x200000000u, 0x40000000), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(names_follow_the_layout, h3),
        cmocka_unit_test_setup(a20_has_other_ports, a20),
        cmocka_unit_test_setup(output_starts_without_a_glitch, h3),
        cmocka_unit_test_setup(set_moves_the_pin_and_nothing_else, h3),
        cmocka_unit_test_setup(levels_do_not_depend_on_what_the_register_reads, h3),
        cmocka_unit_test_setup(inputs_read_the_wire, h3),
        cmocka_unit_test_setup(two_owners_share_a_bank, h3),
        cmocka_unit_test_setup(pins_that_are_not_ours_are_refused, h3),
        cmocka_unit_test_setup(pull_and_drive_change_one_field, h3),
        cmocka_unit_test(a_missing_controller_is_said_and_survived),
        cmocka_unit_test(an_alias_inside_ram_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
