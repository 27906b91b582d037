/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of tests/host/kernel/cfg_isr with this folder's constants.
 */
#include "tests/host/kernel/cfg_isr/os_cfg.c"
