/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of tests/conformance/cfg/bcc1 with this folder's constants.
 */
#include "tests/conformance/cfg/bcc1/os_cfg.c"
