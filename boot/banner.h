/* SPDX-License-Identifier: Apache-2.0
 *
 * What the start found, told in a few lines on the console.
 */
#ifndef BANNER_H
#define BANNER_H

#include "drivers/xen/xen.h"

/** Filled by boot/main.c. Errors are 0 or negative errno values. */
struct found {
    const struct xen *xen; /* meaningful if xen_error is 0; else the three below it are too */
    int xen_error;
    int gnttab_error;
    int pvconsole_error;
    int xenstore_error;
    int uart_error;
    int psci_error;
    int timer_line;
};

/** Print it. Each line says where the fact comes from; what is missing is said, too. */
void banner(const struct found *found);

#endif
