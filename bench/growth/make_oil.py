#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print the configuration of a program of bench/growth with COUNT tasks or alarms. Tasks are T00, T01 .. in hexadecimal,
each activated by StartOS(); alarms are A0, A1 .., and each activates Due."""
import sys

TASKS = range(2, 129)
ALARMS = range(1, 1001)
AUTOSTART = "AUTOSTART = TRUE { APPMODE = OSDEFAULTAPPMODE; };"


def priorities(count):
    """Each task with a priority of its own: BCC1."""
    return "".join(f"    TASK T{i:02x} {{ PRIORITY = {i + 1}; {AUTOSTART} }};\n" for i in range(count))


def one_priority(count):
    """All tasks with the same: BCC2."""
    return "".join(f"    TASK T{i:02x} {{ PRIORITY = 1; {AUTOSTART} }};\n" for i in range(count))


def alarms(count):
    """A tick is longer than what an expiry has to wait for Xen."""
    return f"""\
    TASK Bench {{ PRIORITY = 1; {AUTOSTART} }};
    TASK Due {{ PRIORITY = 2; }};

    COUNTER SystemCounter {{
        MAXALLOWEDVALUE = 4294967295;
        TICKSPERBASE = 1;
        MINCYCLE = 1;
        TICKDURATION = 20000; // ns
    }};

""" + "".join(f"    ALARM A{i} {{ COUNTER = SystemCounter; ACTION = ACTIVATETASK {{ TASK = Due; }}; }};\n"
              for i in range(count))


KINDS = {"priorities": (priorities, TASKS), "one_priority": (one_priority, TASKS), "alarms": (alarms, ALARMS)}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in KINDS or not sys.argv[2].isdigit():
        sys.exit(f"usage: make_oil.py {'|'.join(KINDS)} COUNT")
    kind, count = sys.argv[1], int(sys.argv[2])
    objects, allowed = KINDS[kind]
    if count not in allowed:
        sys.exit(f"make_oil.py: {kind}: a count of {allowed[0]} .. {allowed[-1]}, not {count}")
    print(f"""// Made by bench/growth/make_oil.py {kind} {count}
OIL_VERSION = "2.5";

CPU Guest {{
    OS Kernel {{ STATUS = STANDARD; }};
    APPMODE OSDEFAULTAPPMODE;
{objects(count)}}};""")


if __name__ == "__main__":
    main()
