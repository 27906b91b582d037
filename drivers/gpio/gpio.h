/* SPDX-License-Identifier: Apache-2.0
 *
 * General-purpose pins. One controller, chosen when the image is linked; which and where is the
 * application's configuration (cfg_gpio: sunxi.h). A controller is shared: dom0 drives other pins
 * of the same registers, so nothing here touches a bit that was not asked for by name.
 *
 * A pin is a number, made from its name by gpio_parse(). A pin belongs to this guest from
 * gpio_output() or gpio_input() on. Each access is short, with interrupts masked, so tasks and ISRs
 * may share a controller.
 */
#ifndef GPIO_H
#define GPIO_H

#include <stdbool.h>
#include <stdint.h>

enum gpio_pull {
    GPIO_PULL_NONE,
    GPIO_PULL_UP,
    GPIO_PULL_DOWN,
};

/**
 * Map the controller and find out whether it is there: a domain whose configuration passes no
 * `iomem` has none (fact P3). No pin changes.
 * @return 0; -ENODEV: no controller; -EINVAL: cfg_gpio puts it into the domain's RAM, where an
 *         `iomem` alias replaces pages without a word (fact P1); -ENOMEM: mem_map()'s window is
 *         full. Each was printed, with what to do, and every later call for a pin returns -ENODEV.
 * Context: before StartOS.
 */
int gpio_init(void);

/**
 * A pin's number, from the name in the SoC's manual: "PA15" is pin 15 of port A.
 * @return 0 or more; -EINVAL: not a name, or this SoC has no such pin
 * Context: any; needs no controller.
 */
int gpio_parse(const char *name);

/**
 * Make a pin an output that drives `level` from the first moment: the level is set before the
 * direction, so there is no glitch.
 * This and all below:
 * @return 0 (gpio_get(): the level); -ENODEV: no controller; -EINVAL: no such pin, or a value out of
 *         range; -EPERM: the pin was not claimed by gpio_output() or gpio_input() (gpio_set(): by
 *         gpio_output())
 * Context: before StartOS, task, ISR2.
 */
int gpio_output(unsigned int pin, bool level);

/** Make a pin an input. */
int gpio_input(unsigned int pin);

/** Drive an output to a level. One read and one write of the port's data register. */
int gpio_set(unsigned int pin, bool level);

/** The level, 0 or 1: of an output what was last driven, of an input what is on the wire. */
int gpio_get(unsigned int pin);

/** Choose the pull resistor of a claimed pin. */
int gpio_pull(unsigned int pin, enum gpio_pull pull);

/**
 * Choose the drive strength of a claimed pin.
 * @param strength  0 (weakest) .. 3: 10, 20, 30, 40 mA on sunxi
 */
int gpio_drive(unsigned int pin, unsigned int strength);

#endif
