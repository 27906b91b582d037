/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupt lines on a PC: the contract is the machine's, the test's fake supplies irq_bind().
 */
#include "arch/arm-xen/include/arch/irq.h"
