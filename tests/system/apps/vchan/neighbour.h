/* SPDX-License-Identifier: Apache-2.0
 *
 * What this Xen says if a guest turns to another guest.
 */
#ifndef NEIGHBOUR_H
#define NEIGHBOUR_H

/** Watch data/neighbour: try to open a port for the domain whose number dom0 writes there, to map
 *  and to copy a page of it, and print the results. Context: before StartOS, once. */
void neighbour_start(void);

#endif
