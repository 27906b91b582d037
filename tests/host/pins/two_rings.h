/* SPDX-License-Identifier: Apache-2.0
 *
 * Both halves of the pin protocol in one test: the guest's drivers/pins/ring.c and the module's dom0-driver/ring.c.
 * Both name their struct pin_ring; the module's is renamed here, so a test can hold one of each.
 */
#ifndef TWO_RINGS_H
#define TWO_RINGS_H

#include "drivers/pins/ring.h"

#define pin_ring dom0_ring
#include "dom0-driver/ring.h"
#undef pin_ring

#endif
