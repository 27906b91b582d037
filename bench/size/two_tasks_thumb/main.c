/* SPDX-License-Identifier: Apache-2.0
 *
 * The same.
 */
#include "bench/size/two_tasks/main.c" /* NOLINT(bugprone-suspicious-include): the very same */
