/* SPDX-License-Identifier: Apache-2.0
 *
 * The same program as apps/gpio.
 */
#include "apps/gpio/main.c" // NOLINT(bugprone-suspicious-include)
