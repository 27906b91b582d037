/* SPDX-License-Identifier: Apache-2.0
 *
 * The configuration cfg_model in extended status.
 */
#include "tests/host/kernel/cfg_model/os_cfg.h"

#undef CFG_EXTENDED_STATUS
#define CFG_EXTENDED_STATUS 1
