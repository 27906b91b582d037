/* SPDX-License-Identifier: Apache-2.0
 *
 * ARM's PL011 serial port (ARM DDI 0183) and its subset for servers, the SBSA UART (ARM DEN0029, appendix B), which Xen
 * emulates for a guest: the vPL011, what `xl console -t vuart` shows. Both speak by interrupts: what is typed raises
 * one, and so does a full FIFO that has emptied; nothing looks at the device in between.
 *
 * The one of each kind that the device tree names first becomes a console. With both, as when a real one is passed
 * through to a domain that has a vPL011, there are two consoles.
 */
#ifndef PL011_H
#define PL011_H

#include "dt.h"

/** A port that was found, for the boot banner and for who binds interrupts. */
struct pl011_port {
    const char *name; /* "vPL011", "PL011" */
    uint64_t address;
    int node;          /* in the device tree: its interrupt is there */
    unsigned int line; /* pl011_listen()'s, 0: none */
};

/**
 * Find the ports and add them to the consoles. Only text goes out, as far as the FIFO takes it at each printk, until
 * pl011_listen().
 * @return 0; -ENODEV: there is none; -EINVAL: a node is damaged, those before it work. Context: before StartOS.
 */
int pl011_init(const struct dt *dt);

/** @param which 0, 1, ... @return NULL: there are not so many. Context: any. */
const struct pl011_port *pl011_port(unsigned int which);

/**
 * The port's interrupt leads to pl011_isr() now: use it.
 * @param line  its number, which is only told in pl011_port. Context: before StartOS.
 */
void pl011_listen(unsigned int which, unsigned int line);

/** The handler of all ports' interrupts. Context: ISR2, of the same level as the other consoles'. */
void pl011_isr(void);

#endif
