/* SPDX-License-Identifier: Apache-2.0
 *
 * The PV console: what `xl console` shows. One page with two rings, 2048 bytes out and 1024 in, and
 * one event channel; dom0's xenconsoled is the other side. Works as soon as the page is mapped,
 * long before anybody reads.
 *
 * Source: xen/io/console.h. Fact X6: with nobody reading, a full ring is full, and nothing here
 * waits for it; what drivers/console cannot place counts as lost there. The other side gets one
 * event for a burst, not one for each line: xenconsoled stops listening for a while to a domain
 * that sends more than 30 in 200 ms.
 */
#ifndef XEN_PVCONSOLE_H
#define XEN_PVCONSOLE_H

/**
 * Find the page and the channel (HVM_PARAM_CONSOLE_PFN, HVM_PARAM_CONSOLE_EVTCHN), bind the channel
 * to EVTCHN_CONSOLE, and become a console sink: early text is replayed.
 * @return 0; -ENODEV: this domain has no PV console (dom0less has a vPL011 instead); -ENOMEM: no
 *         room to map it; an error of evtchn_bind(): text goes out, but nothing comes in
 * Context: before StartOS, after evtchn_init().
 */
int pvconsole_init(void);

/** Take what was typed (console_on_input() says where it goes), and offer waiting text to the
 *  ring's new room. The handler of EVTCHN_CONSOLE in cfg_evtchn[]. Context: ISR2 (event channels). */
void pvconsole_isr(void);

#endif
