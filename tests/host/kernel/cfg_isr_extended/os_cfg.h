/* SPDX-License-Identifier: Apache-2.0
 *
 * The configuration cfg_isr in extended status.
 */
#include "tests/host/kernel/cfg_isr/os_cfg.h"

#undef CFG_EXTENDED_STATUS
#define CFG_EXTENDED_STATUS 1
