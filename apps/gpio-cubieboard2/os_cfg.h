/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin demo of apps/gpio on a Cubieboard2: another chip, another LED, else the same.
 */
#include "apps/gpio/os_cfg.h"

#undef CFG_GPIO_LAYOUT
#undef CFG_PIN_NAMES
#define CFG_GPIO_LAYOUT sunxi_a20
#define CFG_PIN_NAMES   "PH20" /* the green LED */
