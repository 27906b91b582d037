/* SPDX-License-Identifier: Apache-2.0
 *
 * The watchdog of the domain: Xen ends it, with SHUTDOWN_watchdog, when nobody has fed the dog for
 * CFG_WATCHDOG_S seconds. What happens then is on_watchdog's choice in xl.cfg: "destroy" (xl's
 * default), "restart", "preserve" ...
 *
 * In OIL: WATCHDOG = TRUE { TIMEOUT = 5; ALARM = FeedAlarm; }. The alarm activates a task whose body
 * is watchdog_feed() and TerminateTask(). It is a task that feeds and no interrupt, so that feeding
 * proves what matters: that interrupts come, that alarms expire, and that nothing of a higher
 * priority keeps the CPU. Give the task the lowest priority that must go on running; what it looks
 * at before it feeds is the application's choice.
 *
 * The time is Xen's, and runs on while `xl pause` holds the domain: a pause above CFG_WATCHDOG_S
 * ends it (fact X7).
 *
 * Source: xen/sched.h (SCHEDOP_watchdog).
 */
#ifndef XEN_WATCHDOG_H
#define XEN_WATCHDOG_H

/**
 * Start the watchdog: the first feeding is due within CFG_WATCHDOG_S seconds, in which the system
 * must have started.
 * @return 0; -ENOSPC: the domain's watchdogs are all in use; Xen's error
 * Context: before StartOS, after xen_init(); once.
 */
int watchdog_start(void);

/** CFG_WATCHDOG_S more seconds, from now on. No effect if it is not running, as on a machine
 *  without Xen. One hypercall. Context: task; any. */
void watchdog_feed(void);

/** Nobody will feed any more: the system is at its end, which is bounded. No effect if it is not
 *  running. Context: the end of the system, interrupts masked. */
void watchdog_stop(void);

#endif
