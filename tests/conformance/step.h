/* SPDX-License-Identifier: Apache-2.0
 *
 * How a conformance case tells what happens: one line "step: ..." for each step, in the order in
 * which the steps happen. The runner compares these lines, and the one that ShutdownOS() prints,
 * with expected.txt; all other lines of the console belong to the machine.
 */
#ifndef STEP_H
#define STEP_H

#include "drivers/console/console.h"
#include "kernel/os.h"

#define STEP(...)                                                                                  \
    do {                                                                                           \
        printk("step: " __VA_ARGS__);                                                              \
        printk("\n");                                                                              \
    } while (0)

/** A step that calls a service: its text and the status that it returned. */
#define STEP_STATUS(call)                                                                          \
    do {                                                                                           \
        const StatusType step_status = (call);                                                     \
                                                                                                   \
        STEP("%s returned %u", #call, step_status);                                                \
    } while (0)

#endif
