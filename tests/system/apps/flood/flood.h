/* SPDX-License-Identifier: Apache-2.0
 *
 * The page that the flooded guest shares with its flooder in dom0 (tests/system/dom0/flood.c). Each
 * word has one writer; all are accessed whole, by __atomic built-ins. Counts wrap.
 */
#ifndef FLOOD_H
#define FLOOD_H

#include <stdint.h>

#define FLOOD_PORTS 4u

enum {
    FLOOD_REST,  /* handlers note what they see */
    FLOOD_STORM, /* and the guest watches its clock */
    FLOOD_ASK    /* or they answer, with an event for each that they see */
};

struct flood_page {
    /* dom0's: what goes on, and for each port the number of events sent, counted before sending */
    uint32_t phase;
    uint32_t sent[FLOOD_PORTS];

    /* The guest's: for each port, the last number that its handler saw, its runs, and how often it
     * saw a smaller number than before. */
    uint32_t seen[FLOOD_PORTS];
    uint32_t runs[FLOOD_PORTS];
    uint32_t backwards[FLOOD_PORTS];

    /* What came of the alarm that activates a task each tick (1 ms): the counter that drives it,
     * the task's runs, and looks at which runs + missed was not what was due. Missed are expiries
     * that the kernel lost or that found the task busy; in a storm it is also known for how long the
     * machine was away: what is missed without that has no excuse. */
    uint32_t ticks;
    uint32_t alarm_runs;
    uint32_t alarm_wrong;
    uint32_t alarm_missed; /* in storms only, like the next two */
    uint32_t alarm_no_excuse;
    uint32_t ticks_away;

    uint32_t throttled; /* times that a port was held back, as of the last storm's end */
    uint32_t storms;    /* begun, plus ended: odd while one is watched */
};

#endif
