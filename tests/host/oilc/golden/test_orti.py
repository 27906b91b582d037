# SPDX-License-Identifier: Apache-2.0
"""ORTI files by the grammar of OSEK Run Time Interface 2.2, part A, and with the names of part B: what a debugger that
is stricter than ours would find wrong."""

import re
import unittest

from tests.host.oilc.golden.test_golden import ROOT, configurations, texts_of

TOKEN = re.compile(r'\s+|/\*.*?\*/|//[^\n]*|(?P<string>"[^"\n]*")|(?P<name>[A-Za-z_]\w*)|(?P<number>-?\d+|0x[0-9a-f]+)'
                   r"|(?P<sign>[{}\[\]=:;,])", re.S)

# Part B, as far as this system has such things. What is not here must begin with vs_.
ATTRIBUTES = {
    "OS": {"RUNNINGTASK", "RUNNINGTASKPRIORITY", "RUNNINGISR2", "SERVICETRACE", "LASTERROR", "CURRENTAPPMODE"},
    "TASK": {"PRIORITY", "STATE", "STACK", "CONTEXT", "CURRENTACTIVATIONS"},
    "CONTEXT": {"ADDRESS", "SIZE", "VALID"},
    "STACK": {"SIZE", "BASEADDRESS", "STACKDIRECTION", "FILLPATTERN"},
    "ALARM": {"ALARMTIME", "CYCLETIME", "ACTION", "STATE", "COUNTER"},
    "RESOURCE": {"PRIORITY", "LOCKER", "STATE"},
}
STATES = {"TASK": {"RUNNING", "READY", "SUSPENDED", "WAITING"}, "ALARM": {"RUNNING", "STOPPED"},
          "RESOURCE": {"LOCKED", "UNLOCKED"}}


class Reader:
    """Tokens, and the rules of the grammar as methods. A mistake is an AssertionError."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            assert found, f"no token: {text[at:at + 40]!r}"
            if found.lastgroup:
                self.tokens.append((found.lastgroup, found[0].strip('"')))
            at = found.end()
        self.tokens.reverse()

    def peek(self, wanted: str) -> bool:
        return bool(self.tokens) and wanted in self.tokens[-1]

    def take(self, wanted: str) -> str:
        """The next token, which must be of this kind or have this text."""
        kind, text = self.tokens.pop() if self.tokens else ("end", "")
        assert wanted in (kind, text), f"{wanted} expected, not {text!r}"
        return text

    def takes(self, *wanted: str) -> str:
        return [self.take(each) for each in wanted][0]

    def value(self) -> str:
        return self.take("number" if self.peek("number") else "string")

    def version(self) -> None:
        self.takes("VERSION", "{", "KOIL", "=", "string", ";")
        self.takes("OSSEMANTICS", "=", "string", ",", "string", ";", "}", ";")

    def enumeration(self) -> list[tuple[str, str]]:
        """@return (text, linked object or "") of each"""
        found = []
        self.take("[")
        while not found or self.peek(","):
            if found:
                self.take(",")
            text, link = self.take("string"), ""
            if self.peek(":"):
                self.take(":")
                link = self.take("name")
            self.take("=")
            self.value()
            found.append((text, link))
        self.take("]")
        return found

    def attribute(self) -> tuple[str, list[tuple[str, str]]]:
        """@return name, enumerators"""
        if self.peek("TOTRACE"):
            self.take("TOTRACE")
        form, names = self.take("name"), []
        assert form in ("ENUM", "CTYPE", "STRING"), form
        if self.peek("string"):
            assert form != "STRING"
            self.take("string")
        if form == "ENUM":
            names = self.enumeration()
        return self.takes("name", ",", "string", ";"), names

    def declarations(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """@return kind -> attribute -> enumerators"""
        kinds: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self.takes("IMPLEMENTATION", "name", "{")
        while not self.peek("}"):
            kind = self.takes("name", "{")
            assert kind not in kinds, f"{kind} is declared twice"
            kinds[kind] = {}
            while not self.peek("}"):
                name, names = self.attribute()
                assert name not in kinds[kind], f"{kind}.{name} is declared twice"
                kinds[kind][name] = names
            self.takes("}", ",", "string", ";")
        self.takes("}", ";")
        return kinds

    def information(self) -> list[tuple[str, str, dict[str, str]]]:
        """@return kind, name, attribute -> formula of each object"""
        objects = []
        while self.tokens:
            kind, name, values = self.take("name"), self.takes("name", "{"), {}
            while not self.peek("}"):
                attribute = self.takes("name", "=")
                values[attribute] = self.value()
                self.take(";")
            self.takes("}", ";")
            objects.append((kind, name, values))
        return objects


class Orti(unittest.TestCase):
    def test_every_file_obeys_the_standard(self):
        for oil in configurations():
            with self.subTest(str(oil.relative_to(ROOT))):
                self.check(texts_of(oil)["os_cfg.orti"])

    def check(self, text: str) -> None:
        reader = Reader(text)
        reader.version()
        kinds = reader.declarations()
        objects = reader.information()
        self.check_declarations(kinds)
        names = {(kind, name) for kind, name, _ in objects}
        self.assertEqual(len(objects), len(names), "two objects of one kind and name")
        self.assertEqual(set(kinds), {kind for kind, _ in names})
        for kind, name, values in objects:
            self.assertEqual(list(kinds[kind]), list(values), f"{kind} {name}")
            for formula in values.values():
                self.assertEqual(formula.count("("), formula.count(")"), formula)
        links = {link for _, link in kinds["TASK"]["STACK"]}
        self.assertEqual({name for kind, name in names if kind == "STACK"}, links)

    def check_declarations(self, kinds: dict[str, dict[str, list[tuple[str, str]]]]) -> None:
        for kind, attributes in kinds.items():
            self.assertTrue(kind in ATTRIBUTES or kind.startswith("vs_"), kind)
            for attribute in attributes:
                self.assertTrue(attribute in ATTRIBUTES.get(kind, ()) or attribute.startswith("vs_"),
                                f"{kind}.{attribute}")
            if kind in STATES and "STATE" in attributes:
                self.assertEqual(STATES[kind], {text for text, _ in attributes["STATE"]})

    def test_the_reader_finds_mistakes(self):
        good = texts_of(ROOT / "apps/hello/app.oil")["os_cfg.orti"]
        for right, wrong in ((";", ""), ("CTYPE", "TYPE"), ("STATE", "CONDITION"), ("[", "{"), ('"', "'"),
                             ("TASK ", "TASKS "), ("};", "}"), (", \"Tasks\"", "")):
            with self.subTest(f"{right} -> {wrong}"), self.assertRaises(AssertionError):
                self.check(good.replace(right, wrong, 1))


if __name__ == "__main__":
    unittest.main()
