/* SPDX-License-Identifier: Apache-2.0
 *
 * The domain's health, for whoever has dom0: `REPORT = TRUE;` in OIL. dom0 writes any word of up to
 * 15 letters into the guest's data/erika-xen/report; the guest then writes what follows, below
 * data/erika-xen/health, and at last the same word into data/erika-xen/reported:
 *
 *     events/NAME   port 3 domain 0 port 17 received 12 again 0 early 1 throttled 0 worst_ns 3120
 *     tasks/NAME    WAITING
 *     counts        lost_expiries 0 lost_rounds 0 spurious_interrupts 0 stray_events 0 ...
 *
 * A value is a list of words and numbers, with one space between two. Numbers are counts since the
 * start; they wrap at 2^32. In events/NAME, by evtchn_status() and evtchn_stats() (evtchn.h): the
 * port, then what is at its other end, `domain D port P`, `virq N`, or `unbound` while nobody is;
 * only `closed` if the name has no port. worst_ns is 0xffffffff if it is that or longer. In tasks/NAME
 * the state as GetTaskState() tells it. In `counts`:
 *
 *     lost_expiries        OSAlarmLostCount() of all alarms, added up
 *     lost_rounds          OSScheduleTableLostCount() of all tables, added up
 *     spurious_interrupts  irq_spurious_count()
 *     stray_events         evtchn_strays()
 *     store_timeouts       xs_stats()->timed_out
 *     store_strays         xs_stats()->strays
 *     console_lost_bytes   console_stats() of all consoles, added up: text that nobody read in time
 *     input_lost_bytes     console_input_lost()
 *     worst_upcall_ns      evtchn_worst_upcall()
 *
 * It costs nothing until it is asked for, but for two looks at the timer around each event's handler
 * and two around all of them.
 */
#ifndef XEN_REPORT_H
#define XEN_REPORT_H

/**
 * Watch data/erika-xen/report, as soon as there is a xenstore (fact X4). Errors of xenstore are printed.
 * @return 0; -ENODEV: no xenstore
 * Context: before StartOS, after xs_init().
 */
int report_init(void);

/** Print the same on the console, a line for each: "report: tasks/Main WAITING". For the handler of a
 *  VIRQ_DEBUG, which also comes when no task can run any more. Context: task, ISR2. */
void report_print(void);

#endif
