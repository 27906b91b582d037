/* SPDX-License-Identifier: Apache-2.0
 *
 * The application that the console's unit tests pretend to be. No kernel is linked: the test answers. What else there
 * is to choose, module.mk says for each test.
 */
#ifndef OS_CFG_H
#define OS_CFG_H

enum { SHELL };

#define CFG_TASK_COUNT           1u
#define CFG_RESOURCE_COUNT       0u
#define CFG_ALARM_COUNT          0u
#define CFG_MULTIPLE_ACTIVATIONS 1

#endif
