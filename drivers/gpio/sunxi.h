/* SPDX-License-Identifier: Apache-2.0
 *
 * The Allwinner (sunxi) port controller, "PIO": what differs between SoCs, and what an application
 * configures.
 */
#ifndef SUNXI_H
#define SUNXI_H

#include <stdint.h>

#define SUNXI_BANKS 9u /* PA .. PI */

/** One SoC: how many pins each port has. A port without pins still has its place in the address
 * space. */
struct sunxi_layout {
    const char *soc;
    uint8_t pins[SUNXI_BANKS]; /* [0] = PA; 0 .. 32 */
};

extern const struct sunxi_layout sunxi_h3;  /* Orange Pi PC: status LED on PA15 */
extern const struct sunxi_layout sunxi_a20; /* Cubieboard2: LEDs on PH20 and PH21 */

/** The application's controller, in os_cfg.c. */
struct gpio_cfg {
    const struct sunxi_layout *layout;
    uint32_t base; /* of the registers in the guest: 0x01c20800, or where `iomem = ["1c20,1@frame"]`
                      puts them */
};
extern const struct gpio_cfg cfg_gpio;

#endif
