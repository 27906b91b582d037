/* SPDX-License-Identifier: Apache-2.0
 *
 * The pin demo with its port controller at another address of the guest (iomem = ["1c20,1@frame"]).
 */
#include "apps/gpio/os_cfg.h"

#undef CFG_GPIO_BASE
#define CFG_GPIO_BASE 0x50000800u /* inside the RAM of a domain of 512 MiB */
