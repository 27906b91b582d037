/* SPDX-License-Identifier: Apache-2.0
 *
 * Only the configuration differs: see printer.h.
 */
#include "tests/system/apps/console_drop/printer.h"
