/* SPDX-License-Identifier: Apache-2.0
 *
 * What an application may decide about the port, with the values that hold if its os_cfg.h says nothing. Interrupt
 * levels are 1 = lowest .. IRQ_LEVELS: the timer interrupts event handlers, so alarms are on time whatever dom0 sends.
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

/* Whether a handler of an event channel computes with floating point. If so, fpu_event is their registers' room. */
#ifndef CFG_EVENT_FPU
#define CFG_EVENT_FPU 0
#endif
extern struct arch_fpu fpu_event;

/* Where printk's text goes, if there is such a device. */
#ifndef CFG_CONSOLE_PV
#define CFG_CONSOLE_PV 1
#endif
#ifndef CFG_CONSOLE_UART
#define CFG_CONSOLE_UART 1
#endif

#endif
