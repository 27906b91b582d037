/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of arch/host know of each other.
 */
#ifndef HOST_MACHINE_H
#define HOST_MACHINE_H

/** Leave host_run() with this result from wherever the program is. */
_Noreturn void host_end_run(int result);

/** Call a function on the interrupt stack, or right here if the program is there already. */
void host_on_interrupt_stack(void (*function)(void));

#endif
