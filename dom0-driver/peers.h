/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which guests there are, and which of them is spoken to: the connected one with
 * the lowest domain id.
 */
#ifndef ERIKA_XEN_PEERS_H
#define ERIKA_XEN_PEERS_H

struct pin_request;

/* Begin to look for guests, now or as soon as xenstore runs. 0 or -errno. */
int peers_init(void);

/* Let go of all guests; waiting requests end with -ENODEV. Sleeps. */
void peers_exit(void);

/* Close the links that have become faulty, soon. Context: any. */
void peers_check_links(void);

/* Send a request to the chosen guest: as pin_link_request(); -ENODEV: no guest. */
int peers_request(struct pin_request *req);

#endif
