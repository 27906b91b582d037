# SPDX-License-Identifier: Apache-2.0
"""Every word that the system's headers know, as the name of a task: oilc refuses it, or the configuration and an
application compile with it, for both ports."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.host.oilc.golden.test_golden import LIMIT_S, OILC, ROOT

HEADERS = ("kernel/cfg.h", "kernel/os.h", "drivers/console/console.h", "drivers/xen/evtchn.h",
           "drivers/xen/pvconsole.h", "drivers/xen/xenstore.h", "drivers/gpio/sunxi.h", "drivers/pins/pins.h")
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-Wconversion", "-Wmissing-prototypes", "-Wundef",
            "-fmax-errors=0"]
INCLUDES = ["-I.", "-Ilib", "-Ikernel", "-Ibuild/include"]
PORTS = {
    "arm-xen": ["arm-none-eabi-gcc", "-mcpu=cortex-a7", "-ffreestanding", "-mgeneral-regs-only", "-U__UINT32_TYPE__",
                "-D__UINT32_TYPE__=unsigned", "-Iarch/arm-xen", "-Iarch/arm-xen/include", *WARNINGS, *INCLUDES],
    "host": ["gcc", "-Iarch/host/include", *WARNINGS, *INCLUDES],
}
TASKS_AT_ONCE = 200


def run(*command: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S,
                          check=False)


# Those of the Xen port have all that makes oilc include a driver's header.
MACHINE = {
    "arm-xen": """GPIO = SUNXI_H3; PIN = "PA15"; };
ISR PinsChange { CATEGORY = 2; PRIORITY = 1; SOURCE = EVENTCHANNEL { NAME = "pins"; }; };
""",
    "host": "};\n",
}


def configuration(names: list[str], port: str = "host") -> str:
    tasks = "".join(f"TASK {name} {{ PRIORITY = {index % 31}; }};\n" for index, name in enumerate(names))
    return f"OS Names {{ STATUS = EXTENDED; {MACHINE[port]}{tasks}"


class Names(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def make(self, names: list[str], port: str) -> None:
        (self.folder / "names.oil").write_text(configuration(names, port))
        made = run(OILC, self.folder / "names.oil", "-o", self.folder)
        self.assertEqual(0, made.returncode, made.stderr)

    def words(self) -> set[str]:
        """Of all the headers, macros included; the compiler's own begin with two underscores."""
        self.make(["One"], "arm-xen")
        source = self.folder / "all.c"
        source.write_text("".join(f'#include "{header}"\n' for header in HEADERS))
        text = "".join(run(*PORTS["arm-xen"], f"-I{self.folder}", "-E", *more, source).stdout for more in ([], ["-dM"]))
        lines = [line for line in text.splitlines() if not re.match(r"# \d", line)]
        words = re.findall(r"\b[A-Za-z_]\w*", re.sub(r'"[^"\n]*"', "", "\n".join(lines)))
        return {word for word in words if not word.startswith("__") and not re.search("One|PinsChange", word)}

    def accepted(self, names: list[str]) -> list[str]:
        oil = self.folder / "check.oil"
        good = []
        for start in range(0, len(names), TASKS_AT_ONCE):
            some = names[start:start + TASKS_AT_ONCE]
            while some:
                oil.write_text(configuration(some))
                done = run(OILC, "--check", oil)
                bad = set(re.findall(r"(?:error|note): .*\n *TASK (\w+) ", done.stderr))
                if done.returncode == 0:
                    break
                self.assertTrue(bad & set(some), done.stderr)
                some = [name for name in some if name not in bad]
            good += some
        return good

    def compile(self, names: list[str], port: str) -> str:
        """@return what the compiler objects to"""
        self.make(names, port)
        main = self.folder / "main.c"
        main.write_text('#include "drivers/console/console.h"\n#include "kernel/os.h"\n'
                        + "".join(f"TASK({name}) {{ ActivateTask({name}); }}\n" for name in names))
        return "".join(run(*PORTS[port], f"-I{self.folder}", "-fsyntax-only", source).stderr
                       for source in (self.folder / "os_cfg.c", main))

    def test_each_word_works_or_is_refused(self):
        words = sorted(self.words())
        self.assertGreater(len(words), 500)
        good = self.accepted(words)
        self.assertGreater(len(good), 100)
        for start in range(0, len(good), TASKS_AT_ONCE):
            for port in PORTS:
                errors = self.compile(good[start:start + TASKS_AT_ONCE], port)
                self.assertEqual([], re.findall(r".*error: .*", errors))

    def test_names_as_people_give_them_work(self):
        names = ["task_blink", "isr_button", "gpio_poll", "console_task", "Motor_H", "TEMP_MAX", "id", "start", "x", "os",
                 "points_x", "alarm_10ms", "ACTION_stop", "pins", "status", "INT1"]
        self.assertEqual(names, self.accepted(names))
        for port in PORTS:
            self.assertEqual("", self.compile(names, port))

    def test_a_function_of_another_object_is_refused(self):
        oil = self.folder / "twice.oil"
        oil.write_text(configuration(["blink", "task_blink"]))
        done = run(OILC, "--check", oil)
        self.assertEqual(1, done.returncode)
        self.assertIn("`task_blink` is the C function of the TASK `blink`: it cannot name an object", done.stderr)


if __name__ == "__main__":
    unittest.main()
