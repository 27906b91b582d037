/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine on a PC: the contract is the real one's, the test supplies machine_ram().
 */
#include "arch/arm-xen/include/arch/machine.h"
