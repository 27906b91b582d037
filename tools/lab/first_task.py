# SPDX-License-Identifier: Apache-2.0
"""For gdb: run to the first statement of the first task that starts.

Every task starts in arch_task_enter(), whose first argument is the task's function.
"""

import gdb


def _run_to(place):
    # One of the CPU's breakpoints: an instruction patched into memory would be lost when the image moves there.
    breakpoint = gdb.Breakpoint(place, type=gdb.BP_HARDWARE_BREAKPOINT, internal=True, temporary=True)
    breakpoint.silent = True
    gdb.execute("continue", to_string=True)


def _go():
    _run_to("*arch_task_enter")
    entry = int(gdb.parse_and_eval("$r0")) & 0xFFFFFFFE  # without the Thumb bit
    _run_to(gdb.execute(f"info symbol {entry}", to_string=True).split()[0])
    gdb.execute("frame")


_go()
