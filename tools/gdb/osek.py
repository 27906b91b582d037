# SPDX-License-Identifier: Apache-2.0
"""Commands for gdb that show the operating system's objects: `osek`, `osek tasks`, `osek stacks` and so on.

    (gdb) source tools/gdb/osek.py
    (gdb) osek tasks

What there is, and where in the image's memory, says the image's ORTI file, which the build puts beside the ELF file;
here it is only read, evaluated and printed. So what other debuggers make of that file can be compared with this.
"""

import re
from pathlib import Path

import gdb

TITLES = {"os": "OS", "tasks": "TASK", "stacks": "STACK", "alarms": "ALARM", "resources": "RESOURCE",
          "events": "vs_EVENT", "counters": "vs_COUNTER", "tables": "vs_SCHEDULETABLE", "interrupts": "vs_ISR"}

COMMENT = re.compile(r"/\*.*?\*/", re.S)
BLOCK = re.compile(r"^    (?P<kind>\w+) \{\n(?P<body>.*?)^    \}, \"(?P<title>[^\"]*)\";$", re.M | re.S)
ATTRIBUTE = re.compile(r"^ +(?:TOTRACE )?(?P<form>ENUM|CTYPE|STRING)(?: \"[^\"]*\")?(?: \[\n(?P<values>.*?)\n +\])?"
                       r" (?P<name>\w+), \"(?P<title>[^\"]*)\";$", re.M | re.S)
VALUE = re.compile(r"\"([^\"]*)\"(?: : \w+)? = \"?([^\",\n]*)")
OBJECT = re.compile(r"^(?P<kind>\w+) (?P<name>\w+) \{\n(?P<body>.*?)^\};$", re.M | re.S)
FORMULA = re.compile(r"^ *(\w+) = \"(.*)\";$", re.M)


WHEN = "osek shows a system that runs, so stop in it first, for example in a task"
HYP_MODE = 0x1A


class Attribute:
    """A declared column: how its values are shown."""

    def __init__(self, form: str, values: str, title: str) -> None:
        self.title = title
        self.is_text = form == "STRING"
        self.names = [(name, value) for name, value in VALUE.findall(values or "")]

    def show(self, formula: str) -> str:
        if self.is_text or formula.startswith("0x"):
            return formula
        try:
            value = gdb.parse_and_eval(formula)
        except gdb.MemoryError as exc:
            raise gdb.GdbError(f"{exc}: {WHEN}") from exc
        except gdb.error:
            return "?"  # of something that nobody calls, so it is not in the image
        for name, expression in self.names:
            if int(gdb.parse_and_eval(expression)) == int(value):
                return name
        return value.format_string(format="x" if value.type.strip_typedefs().code == gdb.TYPE_CODE_PTR else "d")


class Orti:
    """The file: kinds of objects with their attributes, and the objects with a formula for each."""

    def __init__(self, path: Path) -> None:
        text = COMMENT.sub("", path.read_text())
        self.attributes = {
            block["kind"]: {found["name"]: Attribute(found["form"], found["values"], found["title"])
                            for found in ATTRIBUTE.finditer(block["body"])}
            for block in BLOCK.finditer(text.partition("IMPLEMENTATION")[2])}
        self.objects = [(found["kind"], found["name"], dict(FORMULA.findall(found["body"])))
                        for found in OBJECT.finditer(text)]

    def table(self, kind: str) -> list[list[str]]:
        """A heading, and a line for each object."""
        attributes = self.attributes.get(kind, {})
        rows = [[""] + [attribute.title for attribute in attributes.values()]]
        for its_kind, name, formulas in self.objects:
            if its_kind == kind:
                rows.append([name] + [attribute.show(formulas[key]) for key, attribute in attributes.items()])
        if kind == "STACK":
            self._add_used(rows)
        return rows

    def _add_used(self, rows: list[list[str]]) -> None:
        """How deep each stack has ever been: the bytes above the first that has not its filling any more."""
        stacks = [formulas for kind, _, formulas in self.objects if kind == "STACK"]
        rows[0].append("Most used")
        for row, formulas in zip(rows[1:], stacks):
            low, size, fill = (int(gdb.parse_and_eval(formulas[key])) for key in ("BASEADDRESS", "SIZE", "FILLPATTERN"))
            memory = bytes(gdb.selected_inferior().read_memory(low, size))
            row.append(str(len(memory.lstrip(bytes([fill])))))


def check_mode() -> None:
    """Xen has other things where the guest's are."""
    if gdb.selected_inferior().pid != 0 and int(gdb.parse_and_eval("$cpsr")) & 0x1F == HYP_MODE:
        raise gdb.GdbError(f"the machine stands in Xen now: {WHEN}")


def orti_file() -> Path:
    if not gdb.current_progspace().filename:
        raise gdb.GdbError("no image: start gdb with its ELF file, or use `file IMAGE.elf`")
    path = Path(gdb.current_progspace().filename).with_suffix(".orti")
    if not path.is_file():
        raise gdb.GdbError(f"{path} is missing: `make app` puts it beside the ELF file")
    return path


def print_table(rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


class OsekCommand(gdb.Command):
    """Show the operating system's objects: osek [os|tasks|stacks|alarms|resources|events|counters|tables|interrupts]"""

    def __init__(self) -> None:
        super().__init__("osek", gdb.COMMAND_DATA)

    def complete(self, _text: str, word: str) -> list[str]:
        return [title for title in TITLES if title.startswith(word)]

    def invoke(self, argument: str, _from_tty: bool) -> None:
        if argument and argument not in TITLES:
            raise gdb.GdbError(f"osek {argument}: there are {', '.join(TITLES)}")
        check_mode()
        orti = Orti(orti_file())
        if argument and TITLES[argument] not in orti.attributes:
            print(f"This application has no {argument}.")
        for title in [argument] if argument else [title for title in TITLES if TITLES[title] in orti.attributes]:
            if not argument:
                print(f"\n{title}:")
            print_table(orti.table(TITLES[title]))


OsekCommand()
