/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of apps/gpio with this folder's constants.
 */
#include "apps/gpio/os_cfg.c" // NOLINT(bugprone-suspicious-include)
