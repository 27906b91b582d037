/* SPDX-License-Identifier: Apache-2.0
 *
 * BCC1, standard status: the configuration bcc1 without checks and ErrorHook.
 */
#include "tests/conformance/cfg/bcc1/os_cfg.h"

#undef CFG_EXTENDED_STATUS
#undef CFG_ERRORHOOK
#undef CFG_USEGETSERVICEID
#undef CFG_USEPARAMETERACCESS
#define CFG_EXTENDED_STATUS    0
#define CFG_ERRORHOOK          0
#define CFG_USEGETSERVICEID    0
#define CFG_USEPARAMETERACCESS 0
