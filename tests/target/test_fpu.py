# SPDX-License-Identifier: Apache-2.0
"""Floating point: every user keeps all bits of its registers, who has not asked for it is named, and who does not use
it has nothing of it in the image."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.guests import HELLO, ROOT, built
from tools.lab import bare, dom0less
from tools.lab.dom0less import Guest

IMAGE = built("tests/target/apps/fpu")
INTERRUPTS = 100000


class Registers(unittest.TestCase):
    def check(self, lines, events=False):
        text = "\n".join(lines)
        interrupts, end = re.search(r"^interrupts (\d+): (.*)$", text, re.M).groups()
        self.assertGreaterEqual(int(interrupts), INTERRUPTS)
        self.assertEqual("all", end)
        checks = dict(re.findall(r"(low|middle|high|handler|event) (\d+)", text))
        self.assertEqual(int(interrupts), int(checks["handler"]))
        for user, at_least in {"low": INTERRUPTS // 3, "middle": INTERRUPTS // 3, "high": INTERRUPTS // 2}.items():
            self.assertGreater(int(checks[user]), at_least, user)
        self.assertEqual(events, int(checks["event"]) > INTERRUPTS // 100)
        self.assertIn("wrong: registers 0, status 0, status at the start 0, sums 0\n", text)

    def test_three_tasks_and_a_handler_on_32_bit_xen(self):
        with dom0less.boot([Guest(IMAGE, enhanced="no-xenstore")]) as xen:
            xen.wait_stopped(300)
            self.check(xen.guest_lines(1), events=True)

    def test_three_tasks_and_a_handler_on_64_bit_xen(self):
        with dom0less.boot([Guest(IMAGE, enhanced="no-xenstore")], arch="arm64") as xen:
            xen.wait_stopped(300)
            self.check(xen.guest_lines(1), events=True)

    def test_three_tasks_and_a_handler_bare(self):
        with bare.boot(IMAGE) as machine:
            machine.wait(120, "the guest's power-off")
            self.check(machine.console.text.replace("\r", "").splitlines())


class Stray(unittest.TestCase):
    def test_who_has_not_asked_is_named(self):
        culprits = {"stray-task": "task Plain", "stray-isr": "an interrupt handler",
                    "stray-isr1": "an interrupt handler", "stray-hook": "a hook or main()"}
        boots = [("armhf", list(culprits))] + [("arm64", [what]) for what in culprits]   # alone: see test_faults.py
        for arch, words in boots:
            guests = [Guest(IMAGE, memory_kib=8192, bootargs=what) for what in words]
            with dom0less.boot(guests, arch=arch) as xen:
                xen.wait_stopped(60)
                texts = ["\n".join(xen.guest_lines(domid)) for domid in range(1, len(guests) + 1)]
            for what, text in zip(words, texts):
                culprit = culprits[what]
                with self.subTest(what, arch=arch):
                    self.assertIn(f"CRASH: floating point used by {culprit}, which has not asked for it "
                                  "(USEFPU = TRUE)", text)


    def test_an_instruction_that_the_cpu_lacks_is_no_stray(self):
        for arch in ("armhf", "arm64"):
            with self.subTest(arch), dom0less.boot([Guest(IMAGE, bootargs="unknown")], arch=arch) as xen:
                xen.wait_stopped(60)
                text = "\n".join(xen.guest_lines(1))
                self.assertIn("CRASH: undefined instruction at ", text)
                self.assertIn("CRASH: task Low was running\n  r0 ", text)


class Missing(unittest.TestCase):
    def test_a_cpu_without_it_is_told_at_the_start(self):
        for cpu in ("cortex-a15,neon=off", "cortex-a15,neon=off,vfp=off"):
            with self.subTest(cpu), bare.boot(IMAGE, qemu_args=["-cpu", cpu]) as machine:
                machine.wait(30, "the guest's power-off")
                text = machine.console.text
                self.assertIn("boot: the CPU's floating point with 32 registers, which USEFPU = TRUE needs: error -19", text)
                self.assertNotIn("interrupts", text)


class Build(unittest.TestCase):
    @staticmethod
    def float_code(elf):
        listing = subprocess.run(["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", elf], capture_output=True,
                                 text=True, check=True, timeout=60).stdout
        return re.findall(r"^\s*[0-9a-f]+:\s+(v[a-z0-9.]+)\s", listing, re.M)

    def test_who_does_not_use_it_has_nothing_of_it(self):
        self.assertEqual([], self.float_code(HELLO.with_suffix(".elf")))
        self.assertNotEqual([], self.float_code(IMAGE.with_suffix(".elf")))

    def test_nofpu_names_file_and_function(self):
        objects = ROOT / "build/os/tests/target/apps/fpu/app/tests/target/apps/fpu"
        self.assertEqual((0, ""), self.nofpu(objects / "main.o"))
        status, errors = self.nofpu(objects / "main.o", objects / "float.o")
        self.assertEqual(1, status)
        self.assertEqual(["float_load", "float_store", "float_sum", "float_stray"],
                         re.findall(r"float\.o: (\w+)\(\) uses floating point", errors))

    def test_fpu_srcs_are_files_of_the_application(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "tests/target/apps/fpu", folder, dirs_exist_ok=True)
            (Path(folder) / "app.mk").write_text("FPU_SRCS := flaot.c\n", encoding="ascii")
            done = subprocess.run(["make", "-n", "app", f"APP={folder}"], cwd=ROOT, capture_output=True, text=True,
                                  check=False, timeout=60)
        self.assertEqual(2, done.returncode)
        self.assertIn("app.mk: there is no file flaot.c", done.stderr)

    def test_nofpu_needs_objects_that_are_there(self):
        status, errors = self.nofpu("/nowhere/none.o")
        self.assertEqual(2, status)
        self.assertIn("none.o", errors)

    def test_nofpu_knows_a_constant_from_an_instruction(self):
        """The word of `vadd.f32 s0, s0, s0`, first as data between code, then as code."""
        source = ".arm\n.type pool, %function\npool: ldr r0, =0xee300a00\nbx lr\n.ltorg\n"
        self.assertEqual((0, ""), self.nofpu(self.assembled(source)))
        status, errors = self.nofpu(self.assembled(source + ".type code, %function\ncode: .inst 0xee300a00\n"))
        self.assertEqual(1, status)
        self.assertEqual(["code"], re.findall(r"(\w+)\(\) uses floating point", errors))

    def assembled(self, source):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        subprocess.run(["arm-none-eabi-as", "-mcpu=cortex-a7", "-o", f"{folder.name}/made.o", "-"], input=source, text=True,
                       check=True, timeout=60)
        return f"{folder.name}/made.o"

    @staticmethod
    def nofpu(*objects):
        done = subprocess.run([ROOT / "tools/nofpu.py", *objects], capture_output=True, text=True, check=False,
                              timeout=60)
        return done.returncode, done.stderr


if __name__ == "__main__":
    unittest.main()
