/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupt levels of the port, with the values that hold if the application's os_cfg.h says nothing
 * (1 = lowest .. IRQ_LEVELS): the timer interrupts event handlers, so alarms are on time whatever dom0 sends.
 */
#ifndef ARM_XEN_CONFIG_H
#define ARM_XEN_CONFIG_H

#include "os_cfg.h"

#ifndef CFG_EVENT_LEVEL
#define CFG_EVENT_LEVEL 1u
#endif
#ifndef CFG_TIMER_LEVEL
#define CFG_TIMER_LEVEL 2u
#endif

#endif
