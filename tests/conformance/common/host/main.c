/* SPDX-License-Identifier: Apache-2.0
 *
 * A conformance case as a program of this machine: its console is standard output, time passes
 * while it idles, and the exit status tells how it ended.
 */
#include <stdarg.h>
#include <stdio.h>

#include <host.h>

#include "tests/conformance/step.h"

#define TIMER_HZ 62500000u

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
}

/* Exit status: ShutdownOS()'s code if it is below 125; 125: above that; 126: idle for ever. */
int main(void)
{
    int end;

    host_reset(TIMER_HZ, 0);
    end = host_run(start_mode);
    if (end == HOST_IDLE_FOREVER) {
        fprintf(stderr, "the case idles for ever: nothing is ready and no alarm is armed\n");
        return 126;
    }
    printf("ShutdownOS: code %d\n", end);
    return end < 125 ? end : 125;
}
