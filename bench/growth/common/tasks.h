/* SPDX-License-Identifier: Apache-2.0
 *
 * One function for all tasks, however many there are: T00 .. T7f are names of every_task().
 */
#ifndef BENCH_GROWTH_TASKS_H
#define BENCH_GROWTH_TASKS_H

#include "kernel/os.h"

/** What each task does; GetTaskID() tells it which one it is. */
void every_task(void);

/* clang-format off */
#define NAME_OF_IT(task) TASK(task) __attribute__((alias("every_task")));
#define SIXTEEN(t)                                                                                 \
    NAME_OF_IT(t##0) NAME_OF_IT(t##1) NAME_OF_IT(t##2) NAME_OF_IT(t##3)                            \
    NAME_OF_IT(t##4) NAME_OF_IT(t##5) NAME_OF_IT(t##6) NAME_OF_IT(t##7)                            \
    NAME_OF_IT(t##8) NAME_OF_IT(t##9) NAME_OF_IT(t##a) NAME_OF_IT(t##b)                            \
    NAME_OF_IT(t##c) NAME_OF_IT(t##d) NAME_OF_IT(t##e) NAME_OF_IT(t##f)
#define ALL_TASKS                                                                                  \
    SIXTEEN(T0) SIXTEEN(T1) SIXTEEN(T2) SIXTEEN(T3) SIXTEEN(T4) SIXTEEN(T5) SIXTEEN(T6) SIXTEEN(T7)
/* clang-format on */

#endif
