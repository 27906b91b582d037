/* SPDX-License-Identifier: Apache-2.0
 *
 * The probe for answers that reach the wrong request: dom0 chooses 16 values, the guest copies them.
 */
#ifndef COPY_H
#define COPY_H

/** Read data/in/a .. p all at once and write each value, as soon as it is there, to data/out/a .. p.
 *  Prints how many reads are under way, and each that ends with an error. Context: ISR2. */
void copy_start(void);

#endif
