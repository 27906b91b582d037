/* SPDX-License-Identifier: Apache-2.0
 *
 * Driver of the sunxi PIO. Register names are those of the manuals (Allwinner H3 Datasheet 4.22
 * "Port Controller", A20 User Manual 1.19); n is the port. Facts P1-P4.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include <arch/machine.h>
#include <arch/mem.h>
#include <arch/mmio.h>
#include <arch/port.h>

#include "drivers/console/console.h"
#include "drivers/gpio/gpio.h"
#include "drivers/gpio/sunxi.h"

#define BANK_BYTES 0x24u
#define PN_CFG0    0x00u /* four registers, 4 bits a pin: what the pin does */
#define PN_DAT     0x10u /* 1 bit a pin */
#define PN_DRV0    0x14u /* two registers, 2 bits a pin */
#define PN_PUL0    0x1cu /* two registers, 2 bits a pin */

#define CFG_INPUT  0u
#define CFG_OUTPUT 1u

#define BANK_PINS 32u
#define PIO_BYTES ((size_t)SUNXI_BANKS * BANK_BYTES)

const struct sunxi_layout sunxi_h3 = {
    .soc = "Allwinner H3",
    .pins = {22, 0, 17, 18, 16, 7, 14, 0, 0},
};

const struct sunxi_layout sunxi_a20 = {
    .soc = "Allwinner A20",
    .pins = {18, 24, 25, 28, 12, 6, 12, 28, 22},
};

/* What this guest owns of each port. Changed with interrupts masked only. */
struct bank {
    uint32_t outputs; /* our pins that we drive */
    uint32_t inputs;  /* our pins that we read */
    uint32_t levels;  /* what our outputs drive: the register may read as something else */
};
static struct bank banks[SUNXI_BANKS];

static uint8_t *registers; /* NULL: no controller */

static uint32_t pin_bit(unsigned int pin)
{
    return 1u << (pin % BANK_PINS);
}

static uint8_t *bank_register(unsigned int pin, uint32_t offset)
{
    return registers + pin / BANK_PINS * BANK_BYTES + offset;
}

static bool exists(unsigned int pin)
{
    return pin / BANK_PINS < SUNXI_BANKS &&
           pin % BANK_PINS < cfg_gpio.layout->pins[pin / BANK_PINS];
}

/* Why a pin cannot be claimed, or 0. */
static int check(unsigned int pin)
{
    if (registers == NULL) {
        return -ENODEV;
    }
    return exists(pin) ? 0 : -EINVAL;
}

static inline bool is_output(unsigned int pin)
{
    return pin / BANK_PINS < SUNXI_BANKS && (banks[pin / BANK_PINS].outputs & pin_bit(pin)) != 0;
}

/* Why a pin cannot be used, or 0. */
static int check_claimed(unsigned int pin)
{
    const int err = check(pin);

    if (err != 0 || is_output(pin)) {
        return err;
    }
    return (banks[pin / BANK_PINS].inputs & pin_bit(pin)) != 0 ? 0 : -EPERM;
}

/* Replace a pin's field in a group of registers that hold `width` bits a pin. */
static void write_field(unsigned int pin, uint32_t group, unsigned int width, uint32_t value)
{
    const unsigned int first_bit = pin % BANK_PINS * width;
    uint8_t *const reg = bank_register(pin, group + first_bit / 32 * 4);
    const unsigned int shift = first_bit % 32;
    const uint32_t mask = ((1u << width) - 1) << shift;

    mmio_write32(reg, (mmio_read32(reg) & ~mask) | value << shift);
}

/* The other bits are other owners' outputs: they get back what they had (fact P4). */
static inline void drive(unsigned int pin, bool level)
{
    struct bank *const bank = &banks[pin / BANK_PINS];
    uint8_t *const data = bank_register(pin, PN_DAT);

    bank->levels = level ? bank->levels | pin_bit(pin) : bank->levels & ~pin_bit(pin);
    mmio_write32(data, (mmio_read32(data) & ~bank->outputs) | (bank->levels & bank->outputs));
}

/* Whether the configured place of the registers lies in the domain's RAM (fact P1). */
static bool is_in_ram(void)
{
    const uint64_t end = cfg_gpio.base + (uint64_t)PIO_BYTES;
    uint64_t base;
    uint64_t bytes;

    for (unsigned int i = 0; machine_ram(i, &base, &bytes) == 0; i++) {
        if (cfg_gpio.base < base + bytes && base < end) {
            return true;
        }
    }
    return false;
}

static int map_registers(uint8_t **mapped)
{
    const unsigned int base = cfg_gpio.base;
    uint32_t ignored;

    if (is_in_ram()) {
        printk("gpio: 0x%08x lies in the domain's RAM; alias the controller below it (iomem)\n",
               base);
        return -EINVAL;
    }
    *mapped = mem_map(base, PIO_BYTES, MEM_DEVICE);
    if (*mapped == NULL) {
        printk("gpio: no room to map the port controller; enlarge the device window\n");
        return -ENOMEM;
    }
    if (!mmio_probe32(*mapped + PN_DAT, &ignored)) {
        printk("gpio: no port controller at 0x%08x; pass it to the domain: iomem = [\"%x,1\"]\n",
               base, base / PAGE_SIZE);
        return -ENODEV;
    }
    return 0;
}

int gpio_init(void)
{
    const int err = map_registers(&registers);

    if (err != 0) {
        registers = NULL;
    }
    memset(banks, 0, sizeof(banks));
    return err;
}

int gpio_parse(const char *name)
{
    unsigned int number;
    unsigned int pin;

    if (name[0] != 'P' || name[1] < 'A' || name[1] >= (char)('A' + SUNXI_BANKS) || name[2] < '0' ||
        name[2] > '9') {
        return -EINVAL;
    }
    number = (unsigned int)(name[2] - '0');
    if (number != 0 && name[3] >= '0' && name[3] <= '9') {
        number = number * 10 + (unsigned int)(name[3] - '0');
    }
    if (name[number < 10 ? 3 : 4] != '\0') {
        return -EINVAL;
    }
    pin = (unsigned int)(name[1] - 'A') * BANK_PINS + number;
    return number < BANK_PINS && exists(pin) ? (int)pin : -EINVAL;
}

int gpio_output(unsigned int pin, bool level)
{
    const int err = check(pin);
    struct bank *bank;
    arch_irq_t was;

    if (err != 0) {
        return err;
    }
    bank = &banks[pin / BANK_PINS];
    was = arch_irq_save();
    bank->inputs &= ~pin_bit(pin);
    bank->outputs |= pin_bit(pin);
    drive(pin, level); /* before the direction: no glitch */
    write_field(pin, PN_CFG0, 4, CFG_OUTPUT);
    arch_irq_restore(was);
    return 0;
}

int gpio_input(unsigned int pin)
{
    const int err = check(pin);
    struct bank *bank;
    arch_irq_t was;

    if (err != 0) {
        return err;
    }
    bank = &banks[pin / BANK_PINS];
    was = arch_irq_save();
    bank->outputs &= ~pin_bit(pin);
    bank->inputs |= pin_bit(pin);
    write_field(pin, PN_CFG0, 4, CFG_INPUT);
    arch_irq_restore(was);
    return 0;
}

int gpio_set(unsigned int pin, bool level)
{
    arch_irq_t was;

    if (!is_output(pin)) { /* on the path whose instructions count, so one test tells all */
        const int err = check(pin);

        return err != 0 ? err : -EPERM;
    }
    was = arch_irq_save();
    drive(pin, level);
    arch_irq_restore(was);
    return 0;
}

int gpio_get(unsigned int pin)
{
    const int err = check_claimed(pin);
    uint32_t levels;

    if (err != 0) {
        return err;
    }
    levels =
        is_output(pin) ? banks[pin / BANK_PINS].levels : mmio_read32(bank_register(pin, PN_DAT));
    return (levels & pin_bit(pin)) != 0;
}

int gpio_pull(unsigned int pin, enum gpio_pull pull)
{
    const int err = check_claimed(pin);
    arch_irq_t was;

    if (err != 0) {
        return err;
    }
    if ((unsigned int)pull > GPIO_PULL_DOWN) {
        return -EINVAL;
    }
    was = arch_irq_save();
    write_field(pin, PN_PUL0, 2, (uint32_t)pull); /* the enum's values are the manual's */
    arch_irq_restore(was);
    return 0;
}

int gpio_drive(unsigned int pin, unsigned int strength)
{
    const int err = check_claimed(pin);
    arch_irq_t was;

    if (err != 0) {
        return err;
    }
    if (strength > 3) {
        return -EINVAL;
    }
    was = arch_irq_save();
    write_field(pin, PN_DRV0, 2, strength);
    arch_irq_restore(was);
    return 0;
}
