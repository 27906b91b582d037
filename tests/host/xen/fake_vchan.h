/* SPDX-License-Identifier: Apache-2.0
 *
 * dom0's end of a channel for unit tests, by the rules of Xen's libxenvchan as they can be read in
 * tools/libs/vchan: what it writes to the shared page, and when it sends an event. All positions in
 * the page are numbers here, so that a struct in the wrong form shows.
 */
#ifndef FAKE_VCHAN_H
#define FAKE_VCHAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_vchan {
    uint8_t *page;
    bool is_server;
    unsigned int write_order, read_order;
    uint8_t *write_data, *read_data;
    uint32_t port;       /* the guest's, for events to it */
    unsigned int events; /* from the guest: the test counts them here */
};

/** The offsets of what lies in the page. */
enum {
    VCHAN_LEFT_CONS = 0,
    VCHAN_LEFT_PROD = 4,
    VCHAN_RIGHT_CONS = 8,
    VCHAN_RIGHT_PROD = 12,
    VCHAN_LEFT_ORDER = 16,
    VCHAN_RIGHT_ORDER = 18,
    VCHAN_CLI_LIVE = 20,
    VCHAN_SRV_LIVE = 21,
    VCHAN_CLI_NOTIFY = 22,
    VCHAN_SRV_NOTIFY = 23,
    VCHAN_GRANTS = 24,
};

uint32_t fake_vchan_word(const struct fake_vchan *vchan, size_t offset);
void fake_vchan_set_word(struct fake_vchan *vchan, size_t offset, uint32_t value);

/** A client comes: `page` is the server's, and the rings' pages lie behind it. It says that it is
 *  there, and sends an event. */
void fake_vchan_come(struct fake_vchan *vchan, uint8_t *page, uint32_t port);

/** It goes, or is killed: then dom0's Linux does the same. */
void fake_vchan_go(struct fake_vchan *vchan);

/** A server begins: it fills in the page, whose rings' pages lie behind it and are lent by these
 *  references. */
void fake_vchan_serve(struct fake_vchan *vchan, uint8_t *page, unsigned int left_order,
                      unsigned int right_order, uint32_t first_ref);

/** As libxenvchan_write() and _read() without blocking: how much was done; -1: not open. */
int fake_vchan_write(struct fake_vchan *vchan, const void *data, size_t size);
int fake_vchan_read(struct fake_vchan *vchan, void *data, size_t size);

/** As libxenvchan_is_open(). */
bool fake_vchan_is_open(const struct fake_vchan *vchan);

#endif
