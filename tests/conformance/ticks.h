/* SPDX-License-Identifier: Apache-2.0
 *
 * Ticks of the software counter, each told as a step before what it makes happen.
 */
#ifndef TICKS_H
#define TICKS_H

#include "tests/conformance/step.h"

static inline void ticks(unsigned int count)
{
    static unsigned int now;

    for (; count != 0; count--) {
        now++;
        STEP("tick %u", now);
        IncrementCounter(Software);
    }
}

#endif
