/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests with less time than a stopped xenstored takes.
 */
#ifndef HURRY_H
#define HURRY_H

/** Read "name" within 500 ms. Prints how it ended. Context: ISR2. */
void hurry_read(void);

/** Write 2000 bytes to data/hurry within 500 ms: more than the ring holds, so that the time-out
 *  finds the message half sent. Prints how it ended. Context: ISR2. */
void hurry_write(void);

#endif
