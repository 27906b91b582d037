/* SPDX-License-Identifier: Apache-2.0
 *
 * One request of each kind to xenstore, one after another.
 */
#ifndef STEPS_H
#define STEPS_H

/** Start the first step; each next one starts when the one before has ended, and after the last
 *  commands_start() is called. Prints a line for each. Context: before StartOS, once. */
void steps_start(void);

#endif
