#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print a random configuration for test_kernel_model.c: SEED chooses it, and nothing else does, but that COUNT says
how many tasks there are; else they are few. Even seeds with a COUNT give each task a priority of its own.

Tasks T0 .., interrupts I0 .., resources R0 .., events E0 .., alarms A0 .., schedule tables S0 ..,
and two counters: Ticks, which IncrementCounter() drives, and Time, which the machine's timer does.
"""
import random
import sys

TASKS = 12
ISRS = 4


def attributes(*lines):
    return "".join(f"        {line};\n" for line in lines if line)


def choose(rng, chance, text):
    return text if rng.random() < chance else ""


def os_object(rng):
    return "    OS Kernel {\n" + attributes(
        "KERNEL_TYPE = ECC2",
        f"STATUS = {rng.choice(['STANDARD', 'EXTENDED'])}",
        "ERRORHOOK = TRUE",
        "PRETASKHOOK = TRUE",
        "POSTTASKHOOK = TRUE",
        "USEGETSERVICEID = TRUE",
        choose(rng, 0.5, "IDLEHOOK = TRUE"),
        choose(rng, 0.7, "USERESSCHEDULER = TRUE"),
        f"TIMERPRIORITY = {rng.randint(1, 4)}") + "    };\n"


def resources(rng):
    """Standard, linked and internal ones, and the text of all."""
    standard, internal, text = [], [], ""
    for i in range(rng.randint(1, 6)):
        name = f"R{i}"
        kind = rng.choice(["STANDARD", "STANDARD", "INTERNAL", "LINKED"]) if i > 0 else "STANDARD"
        if kind == "LINKED":
            kind = f"LINKED {{ LINKEDRESOURCE = {rng.choice(standard)}; }}"
        (internal if kind == "INTERNAL" else standard).append(name)
        text += f"    RESOURCE {name} {{ RESOURCEPROPERTY = {kind}; }};\n"
    return standard, internal, text


def few_priorities(rng, standard):
    count = rng.randint(max(2, len(standard)), TASKS)
    shared = rng.random() < 0.7
    return shared, [rng.randint(1, 6) for _ in range(count)] if shared else rng.sample(range(1, 30), count)


def many_priorities(rng, seed, count):
    """Where tasks share some, two in three numbers are somebody's."""
    shared = seed % 2 != 0
    return shared, [rng.randint(1, count) for _ in range(count)] if shared else rng.sample(range(1, 1 + 2 * count), count)


def tasks(rng, priorities, shared, standard, internal):
    """The text of all, and the events of each extended one."""
    count = len(priorities)
    extended, text = {}, ""
    for i in range(count):
        events = rng.sample(range(8), rng.randint(1, 4)) if rng.random() < 0.45 else []
        if events:
            extended[f"T{i}"] = [f"E{e}" for e in events]
        text += f"    TASK T{i} {{\n" + attributes(
            f"PRIORITY = {priorities[i]}",
            f"SCHEDULE = {'NON' if rng.random() < 0.15 else 'FULL'}",
            "" if events or not shared else f"ACTIVATION = {rng.randint(1, 4)}",
            "AUTOSTART = TRUE { APPMODE = Only; }" if i == 0 or rng.random() < 0.2 else "",
            *[f"EVENT = E{e}" for e in events],
            *[f"RESOURCE = {r}" for j, r in enumerate(standard) if j == i or rng.random() < 0.4],
            f"RESOURCE = {rng.choice(internal)}" if internal and rng.random() < 0.5 else "",
            "" if events else choose(rng, 0.25, "STACK = PRIVATE { SYS_SIZE = 4096; }"),
            choose(rng, 0.4, "USEFPU = TRUE")) + "    };\n"
    return extended, text


def isrs(rng, standard):
    text = ""
    for i in range(rng.randint(1, ISRS)):
        text += f"    ISR I{i} {{\n" + attributes(
            "CATEGORY = 2",
            f"PRIORITY = {rng.randint(1, 5)}",
            f"SOURCE = GIC {{ LINE = {40 + i}; }}",
            *[f"RESOURCE = {r}" for r in standard if rng.random() < 0.3],
            choose(rng, 0.5, "USEFPU = TRUE")) + "    };\n"
    return text


def action(rng, count, extended):
    if extended and rng.random() < 0.5:
        task = rng.choice(sorted(extended))
        return f"ACTION = SETEVENT {{ TASK = {task}; EVENT = {rng.choice(extended[task])}; }}"
    return f"ACTION = ACTIVATETASK {{ TASK = T{rng.randrange(count)}; }}"


def alarm_action(rng, count, extended):
    if rng.random() < 0.2:
        return 'ACTION = ALARMCALLBACK { ALARMCALLBACKNAME = "Call"; }'
    return action(rng, count, extended)


def alarms(rng, count, extended):
    text = ""
    for i in range(rng.randint(1, 5)):
        start = "AUTOSTART = TRUE { ALARMTIME = %d; CYCLETIME = %d; APPMODE = Only; }" % (
            rng.randint(1, 20), rng.choice([0, 3, 7]))
        text += f"    ALARM A{i} {{\n" + attributes(
            f"COUNTER = {rng.choice(['Ticks', 'Time'])}",
            alarm_action(rng, count, extended),
            choose(rng, 0.4, start)) + "    };\n"
    return text


def expiry_point(rng, offset, count, extended):
    actions = "; ".join(action(rng, count, extended) for _ in range(rng.randint(1, 3)))
    return f"EXPIRYPOINT = AT {{ OFFSET = {offset}; {actions}; }}"


def schedule_tables(rng, count, extended):
    text = ""
    for i in range(rng.randint(1, 4)):
        duration = rng.randint(6, 25)
        offsets = sorted(rng.sample(range(0, duration - 2, 2), rng.randint(1, 2)))
        start = "AUTOSTART = TRUE { TYPE = %s; VALUE = %d; APPMODE = Only; }" % rng.choice(
            [("RELATIVE", rng.randint(1, 20)), ("ABSOLUTE", rng.randint(0, 5))])
        text += f"    SCHEDULETABLE S{i} {{\n" + attributes(
            f"COUNTER = {rng.choice(['Ticks', 'Time'])}",
            f"DURATION = {duration}",
            f"REPEATING = {rng.choice(['TRUE', 'FALSE'])}",
            *[expiry_point(rng, offset, count, extended) for offset in offsets],
            choose(rng, 0.3, start)) + "    };\n"
    return text


def configuration(seed, count=None):
    rng = random.Random(seed)
    standard, internal, resource_text = resources(rng)
    shared, priorities = few_priorities(rng, standard) if count is None else many_priorities(rng, seed, count)
    extended, task_text = tasks(rng, priorities, shared, standard, internal)
    count = len(priorities)
    events = "".join(f"    EVENT E{i} {{ MASK = {1 << (5 * i % 32):#x}; }};\n" for i in range(8))
    counters = """\
    COUNTER Ticks { MAXALLOWEDVALUE = %d; TICKSPERBASE = 1; MINCYCLE = 2; SOURCE = SOFTWARE; };
    COUNTER Time {
        MAXALLOWEDVALUE = %d; TICKSPERBASE = 1; MINCYCLE = 2; SOURCE = TIMER; TICKDURATION = 2000;
    };
""" % (rng.choice([63, 99, 0xffffffff]), rng.choice([63, 99, 0xffffffff]))
    return ("// Made by tests/host/kernel/random_oil.py %d\nOIL_VERSION = \"2.5\";\n\nCPU Random {\n" % seed
            + os_object(rng) + "    APPMODE Only;\n" + counters + resource_text + events + task_text
            + isrs(rng, standard) + alarms(rng, count, extended)
            + schedule_tables(rng, count, extended) + "};\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not all(word.isdigit() for word in sys.argv[1:]):
        sys.exit("usage: random_oil.py SEED [COUNT]")
    print(configuration(*map(int, sys.argv[1:])), end="")
