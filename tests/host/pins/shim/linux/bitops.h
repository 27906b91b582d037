/* SPDX-License-Identifier: Apache-2.0
 *
 * See types.h.
 */
#ifndef SHIM_LINUX_BITOPS_H
#define SHIM_LINUX_BITOPS_H

#define BIT(n) (1u << (n))

#endif
