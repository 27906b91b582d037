/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin service against a dom0 that writes anything into the shared page.
 * tests/host/pins/test_pin_hostile.c looks closer at the page; here it is one of all drivers.
 */
#include <errno.h>
#include <string.h>

#include <arch/port.h>

#include "abi/pin.h"
#include "drivers/gpio/gpio.h"
#include "drivers/pins/pins.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

const char *const cfg_pins[CFG_PIN_COUNT] = {"PA15", "PA3"};

static struct pin_page *page;
static uint32_t port;
static uint32_t next_id; /* dom0's next request */
static bool is_called;   /* an event came, PinTask is activated */
static bool is_serving;
static unsigned int levels_set;
static bool level[32];

/* ---- what the service needs of the machine ---- */

bool xen_is_present(void)
{
    return true;
}

arch_irq_t arch_irq_save(void)
{
    return false;
}

void arch_irq_restore(arch_irq_t was)
{
    (void)was;
}

int gpio_parse(const char *name)
{
    return name[2] == '1' ? 15 : 3;
}

int gpio_output(unsigned int pin, bool high)
{
    level[pin] = high;
    return 0;
}

int gpio_set(unsigned int pin, bool high)
{
    require(is_serving && (pin == 15 || pin == 3));
    level[pin] = high;
    levels_set++;
    return 0;
}

int gpio_get(unsigned int pin)
{
    require(is_serving && (pin == 15 || pin == 3));
    return level[pin];
}

/* ---- the application ---- */

void hostile_pin_event(void)
{
    is_called = true;
}

static void serve(void)
{
    const uint32_t before = pins_stats().requests;

    is_called = false;
    is_serving = true;
    levels_set = 0;
    pins_serve();
    is_serving = false;
    require(levels_set <= PIN_SLOTS && pins_stats().requests - before <= PIN_SLOTS);
}

static void use(void)
{
    if (is_called || once_in(4))
        serve();
}

/* ---- dom0 ---- */

static struct pin_slot *post(uint32_t op, uint32_t pin, uint32_t value)
{
    struct pin_slot *slot = &page->slots[next_id % PIN_SLOTS];

    if (slot->state == PIN_DONE)
        slot->state = PIN_FREE;
    if (slot->state != PIN_FREE)
        return NULL;
    slot->id = next_id++;
    slot->op = op;
    slot->pin = pin;
    slot->value = value;
    slot->state = PIN_POSTED;
    return slot;
}

static void scribble(void)
{
    uint32_t *words = (uint32_t *)page;

    for (int i = 0; i < 4; i++)
        words[rnd(sizeof(*page) / sizeof(words[0]))] = once_in(2) ? rnd(6) : garbage_index(next_id);
}

static void attack(void)
{
    struct pin_slot *slot = &page->slots[rnd(PIN_SLOTS)];

    switch (rnd(8)) {
    case 0:
        if (slot->state == PIN_POSTED)
            slot->state = PIN_CANCELLED;
        break;
    case 1:
        if (once_in(20))
            scribble();
        break;
    case 2:
        (void)post(rnd(4), rnd(4), rnd(3));
        break;
    default:
        (void)post(1 + rnd(2), rnd(CFG_PIN_COUNT), rnd(2));
    }
    fake_xen_event(port);
}

/* ---- the life ---- */

static bool start(void)
{
    port = fake_xen.next_port;
    if (pins_init() != 0) {
        require(fake_os_printed("no pin service") == 1);
        hostile_gnttab_adopt();
        return false;
    }
    page = (struct pin_page *)(uintptr_t)fake_xen.lent_page;
    hostile_gnttab_adopt();
    guard(&page->post_id, sizeof(page->post_id) + sizeof(page->dom0_reserved));
    guard(page->unused, sizeof(page->unused));
    return true;
}

/* The module is loaded anew: all slots are free, and it goes on where the guest stands. */
static void calm(void)
{
    memset(page->slots, 0, sizeof(page->slots));
    next_id = pins_stats().requests;
}

static bool works(void)
{
    for (uint32_t i = 0; i < 2 * PIN_SLOTS; i++) {
        const struct pin_slot *slot = post(PIN_OP_SET, i % CFG_PIN_COUNT, i / 2 % 2);

        serve();
        if (slot == NULL || slot->state != PIN_DONE || slot->answer_id != next_id - 1 ||
            slot->status != 0 || level[i % 2 ? 3 : 15] != (i / 2 % 2 != 0))
            return false;
    }
    return true;
}

static void check(void)
{
    require(fake_os_printed("of the shared page is broken by dom0") <= 1);
}

const struct actor hostile_pins = {.name = "pins",
                                   .start = start,
                                   .use = use,
                                   .attack = attack,
                                   .calm = calm,
                                   .works = works,
                                   .check = check};
