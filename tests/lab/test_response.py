# SPDX-License-Identifier: Apache-2.0
"""The histograms of bench/response: what is read from the guest's lines, and the picture that is made of them."""

import contextlib
import io
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

from tools.bench import histogram, picture, response
from tools.bench.histogram import LIMITS_NS, Series, parse
from tools.lab.errors import LabError

SVG = "{http://www.w3.org/2000/svg}"
# 10,000 expiries: by decades, so that the steps of the logarithm are seen, and 90 without a start.
STARTS = [0] * len(LIMITS_NS)
STARTS[6], STARTS[7], STARTS[8], STARTS[9], STARTS[19] = 8909, 900, 90, 10, 1


def lines(due=10000, lost=80, refused=10, starts=tuple(STARTS), span="60001 to 1234567890 ns"):
    rows = [f"{due} due, {sum(starts)} samples, {lost} lost, {refused} refused", span]
    rows += [f"from {limit} ns: {count}" for limit, count in zip(LIMITS_NS, starts)]
    return "".join(f"response: {row}\n" for row in rows)


def text(**changes):
    return f"series: a & b\n{lines(**changes)}"


class Lines(unittest.TestCase):
    def test_limits_are_1_2_5_from_1_us_to_1_s(self):
        self.assertEqual((0, 1000, 2000, 5000, 10000), LIMITS_NS[:5])
        self.assertEqual((200_000_000, 500_000_000, 1_000_000_000), LIMITS_NS[-3:])
        self.assertEqual(20, len(LIMITS_NS))

    def test_all_is_read(self):
        noise = "(XEN) a message\nload: 3 disk sectors, 4 console lines\n"
        one, two = parse("noise\n" + text().replace("\n", "\r\n") + noise + "series: two\n" + noise + lines())
        self.assertEqual(Series("a & b", 10000, 60001, 1234567890, tuple(STARTS)), one)
        self.assertEqual(("two", one.starts, 90), (two.name, two.starts, two.never))

    def test_rounds_are_added_up(self):
        more = [1] * 20
        both, other = parse(text() + "series: other\n" + lines() + "series: a & b\n"
                            + lines(21, 1, 0, more, "7 to 999 ns"))
        self.assertEqual(Series("a & b", 10021, 7, 1234567890, tuple(count + 1 for count in STARTS)), both)
        self.assertEqual((91, "other", 10000), (both.never, other.name, other.due))

    def test_shares_of_the_starts(self):
        def within(per_mille, *starts):
            return Series("", 10000, 1, 1, (*starts, *[0] * (20 - len(starts)))).within_ns(per_mille)

        self.assertEqual([1000, 1000, 2000, 5000], [within(share, 500, 490, 10) for share in (1, 500, 501, 1000)])
        self.assertEqual([2000, 5000], [within(share, 500, 490, 10) for share in (990, 991)])
        self.assertEqual([1_000_000_000, None], [within(share, *[0] * 18, 1, 1) for share in (500, 501)])

    def check_refused(self, pattern, bad):
        with self.assertRaisesRegex(LabError, pattern):
            parse(bad)

    def test_bad_input_is_refused_with_a_reason(self):
        good = text()
        for pattern, bad in (
                ("no line `series: ", ""),
                ("no line `series: ", lines()),
                ("'a & b' has 0 lines .* did not come to its end", "series: a & b\n"),
                ("has 21 lines .* and not 22", good.removesuffix("response: from 1000000000 ns: 1\n")),
                ("has 44 lines", good + lines()),
                ("`response: from 1000 ns: x` is not like", good.replace("1000 ns: 0", "1000 ns: x", 1)),
                ("`response: from 3000 ns: 0` is not like", good.replace("from 5000 ns", "from 3000 ns")),
                ("`response: 10000 due, 9910 sam` is not like", good.replace("samples, 80 lost, 10 refused", "sam")),
                (r"does not add up: 10000 due, 9910 samples \(9911 in the histogram\)",
                 good.replace("from 0 ns: 0", "from 0 ns: 1")),
                (r"does not add up: 10001 due, 9910 samples .*, 80 lost, 10 refused", text(due=10001)),
                ("`response: 0 due, .*` is not like", text(due=0, lost=0, refused=0, starts=[0] * 20)),
        ):
            with self.subTest(pattern):
                self.check_refused(pattern, bad)


class Picture(unittest.TestCase):
    def setUp(self):
        names = ("a & b", "two", "three", "four")
        series = [Series(name, 10000, 60001, 1234567890, tuple(STARTS)) for name in names]
        self.svg = picture.draw(series, "<machine>")
        self.root = ET.fromstring(self.svg)
        self.bars = [bar for bar in self.root.iter(f"{SVG}rect") if bar.get("class") == "bar"]
        self.panels = [self.bars[at:at + len(LIMITS_NS) + 1] for at in range(0, len(self.bars), len(LIMITS_NS) + 1)]

    @staticmethod
    def number(bar, name):
        return float(bar.get(name))

    def test_one_bar_for_each_interval_and_one_for_never(self):
        self.assertEqual([len(LIMITS_NS) + 1] * 4, [len(panel) for panel in self.panels])
        for panel in self.panels:
            said = [bar.find(f"{SVG}title").text for bar in panel]
            self.assertEqual([f"{count} of 10000" for count in (*STARTS, 90)], [words.split(": ")[1] for words in said])
            self.assertEqual(["0 ns to 1 us", "1 us to 2 us"], [words.split(":")[0] for words in said[:2]])
            self.assertEqual(["1 s and more", "never"], [words.split(":")[0] for words in said[-2:]])

    def test_bars_stand_in_order_beside_each_other_and_in_the_picture(self):
        _, _, width, height = map(float, self.root.get("viewBox").split())
        for panel in self.panels:
            right = 0
            for bar in panel:
                x, y = self.number(bar, "x"), self.number(bar, "y")
                self.assertGreaterEqual(x, right)
                right = x + self.number(bar, "width")
                self.assertGreater(self.number(bar, "width"), 0)
                self.assertGreaterEqual(y, 0)
                self.assertLessEqual(y + self.number(bar, "height"), height)
            self.assertLessEqual(right, width)

    def test_heights_are_in_proportion_to_the_logarithm_of_the_share(self):
        panel = self.panels[0]
        heights = {bar.find(f"{SVG}title").text.split(": ")[1].split()[0]: self.number(bar, "height") for bar in panel}
        self.assertEqual(0, heights["0"])
        tenfold = heights["10"] - heights["1"]
        self.assertGreater(tenfold, 5)
        self.assertAlmostEqual(tenfold, heights["900"] - heights["90"], delta=0.02)
        self.assertAlmostEqual(2 * tenfold, heights["900"] - heights["90"] + tenfold, delta=0.02)
        # The whole scale is what the axis says: four decades and a bit from 0.01 % to 100 %.
        self.assertAlmostEqual(picture.height_of(10000, 10000), heights["1"] + 4 * tenfold, delta=0.05)
        self.assertEqual(picture.PLOT, picture.height_of(10000, 10000))

    def test_bars_of_all_panels_stand_on_their_base_and_are_alike(self):
        for panel in self.panels:
            self.assertEqual(1, len({round(self.number(bar, "y") + self.number(bar, "height"), 1) for bar in panel}))
            self.assertEqual([bar.get("x") for bar in self.panels[0]], [bar.get("x") for bar in panel])
            self.assertEqual([bar.get("height") for bar in self.panels[0]], [bar.get("height") for bar in panel])

    def test_axes_marks_stand_where_the_bars_do(self):
        marks = {words.text: float(words.get("x")) for words in self.root.iter(f"{SVG}text")}
        begins = {bar.find(f"{SVG}title").text.split(" to ")[0]: self.number(bar, "x") for bar in self.panels[0]}
        for mark, begin in (("1", "1 us"), ("10", "10 us"), ("1,000", "1 ms"), ("100,000", "100 ms")):
            self.assertAlmostEqual(marks[mark] + 1, begins[begin], delta=0.1)

    def test_words(self):
        words = [element.text for element in self.root.iter(f"{SVG}text")]
        for name in ("a & b", "two", "three", "four", "<machine>", "response in microseconds (logarithmic)"):
            self.assertEqual(1, words.count(name), name)
        self.assertEqual(4, words.count("starts: 50 % < 100 us, 99 % < 500 us, 99.9 % < 1 ms, max 1.23 s; never: 0.9 %"))

    def test_nothing_and_everything(self):
        nothing = Series("x", 7, 5, 900, (7, *[0] * 19))
        self.assertEqual(0, nothing.never)
        ET.fromstring(picture.draw([nothing], ""))
        self.assertEqual(picture.PLOT, picture.height_of(7, 7))
        self.assertEqual(0, picture.height_of(1, 10**9))


class Command(unittest.TestCase):
    def main(self, *args):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(0, response.main(list(args)))
        return said.getvalue()

    def test_what_a_board_has_printed_is_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            source, output = Path(folder, "printed.txt"), Path(folder, "picture.svg")
            source.write_text(text())
            said = self.main("--from", str(source), "--machine", "A board", "--output", str(output))
            self.assertEqual(picture.draw(histogram.parse(text()), "A board"), output.read_text())
        self.assertIn(f"written: {output}", said)

    def test_bad_arguments(self):
        for option in ("--expiries", "--rounds"):
            with self.assertRaisesRegex(LabError, "above 0"):
                response.main([option, "0"])
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(OSError):
            response.main(["--from", f"{folder}/missing"])


if __name__ == "__main__":
    unittest.main()
