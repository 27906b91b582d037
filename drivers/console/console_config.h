/* SPDX-License-Identifier: Apache-2.0
 *
 * What an application may decide about its consoles, with the value that holds if its os_cfg.h says nothing. The OIL
 * compiler prints these like all other constants.
 */
#ifndef CONSOLE_CONFIG_H
#define CONSOLE_CONFIG_H

#include "kernel/os.h"

/* The task that console_serve_input() is the body of: its id in CFG_CONSOLE_TASK. 0: there is none, input is handed
 * on by the consoles' interrupts. */
#ifndef CFG_HAS_CONSOLE_TASK
#define CFG_HAS_CONSOLE_TASK 0
#define CFG_CONSOLE_TASK     0u
#endif

/* Whether what is typed is echoed, and whether on the UART instead of where it was typed. */
#ifndef CFG_CONSOLE_ECHO
#define CFG_CONSOLE_ECHO 1
#endif
#ifndef CFG_CONSOLE_ECHO_UART
#define CFG_CONSOLE_ECHO_UART 0
#endif

/* How long a task's printk() may wait for a console that has no room, in ms. 0: not at all. */
#ifndef CFG_CONSOLE_BLOCK_MS
#define CFG_CONSOLE_BLOCK_MS 0u
#endif

_Static_assert(!CFG_HAS_CONSOLE_TASK || CFG_MULTIPLE_ACTIVATIONS,
               "CFG_CONSOLE_TASK: ACTIVATION = 2");

#endif
