/* SPDX-License-Identifier: Apache-2.0
 *
 * Only the configuration differs.
 */
#include "tests/target/apps/console_none/main.c"
