/* SPDX-License-Identifier: Apache-2.0
 *
 * xenstore as the task Worker uses it: each call waits for its answer. All return the request's
 * status. Context: Worker.
 */
#ifndef WAITING_H
#define WAITING_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/xen/xenstore.h"

/** Wait for what was started with xs_set_event. @return its status */
int wait_read(struct xs_request *req, const char *path, char *buf, size_t size);
int wait_write(struct xs_request *req, const char *path, const char *value, size_t len);

/** Do nothing for a while. */
void wait_ms(unsigned int ms);

/** Text as printk() makes it, cut after size - 1 characters. @return its length */
size_t format(char *buf, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/** A decimal number, and what follows it and a space. */
uint32_t number(const char **text);

#endif
