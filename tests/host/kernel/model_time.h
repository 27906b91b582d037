/* SPDX-License-Identifier: Apache-2.0
 *
 * What model.c asks of model_time.c.
 */
#ifndef MODEL_TIME_H
#define MODEL_TIME_H

/** Time is 0; alarms and schedule tables that start by themselves are armed. */
void model_time_reset(void);

/** An interrupt or a task has ended: the timer's interrupt may be possible again. */
void model_time_unblock(void);

#endif
