/* SPDX-License-Identifier: Apache-2.0
 *
 * What an alarm or an expiry point of a schedule table does.
 */
#ifndef KERNEL_ACTION_H
#define KERNEL_ACTION_H

#include "cfg.h"

/** Do it, with the properties of the service that it stands for, errors included (OSEK 9.2). The
 *  caller sees to it that tasks which become ready run. Interrupts masked. */
void action_do(const struct action *action);

#endif
