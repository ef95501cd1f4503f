#!/usr/bin/env python3
"""Compares what `j` costs in Rounds and in other readers, and how far behind a held-down `j` is over a thin line.

It is run by hand, not with the tests, with as many builds of Rounds as there are to compare. newsboat and russ are
compared as well where they are installed. It needs pyte of PyPI, and makes its items in a folder that it removes.

    tests/judges/thin_line.py [--items 50000] [--size 120x40] [--keys KEYS] target/release/rounds [another build ...]

KEYS are typed first, to come to the list that is to be measured.
"""

import argparse
import fcntl
import os
import re
import select
import shutil
import signal
import statistics
import struct
import tempfile
import termios
import time
from pathlib import Path

import pyte

REPEAT, HELD, LINE = 0.033, 3.0, 1_200
QUERY = re.compile(rb"\x1b\[[56]n|\x1b\[c")
IGNORED = re.compile(rb"\x1b\[\?2026[hl]|\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
ANSWERS = {b"\x1b[5n": b"\x1b[0n", b"\x1b[c": b"\x1b[?62;22c"}


class Screen:
    """A program in a terminal that takes so many bytes a second."""

    def __init__(self, command, home, size, rate=None):
        self.columns, self.rows = size
        self.rate, self.bytes, self.carry = rate, 0, b""
        self.screen = pyte.Screen(self.columns, self.rows)
        self.stream = pyte.ByteStream(self.screen)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        environment.update(HOME=str(home), TERM="xterm-256color", LC_ALL="C.UTF-8")
        self.process, self.terminal = os.forkpty()
        if self.process == 0:
            time.sleep(0.1)
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        self.read_at = time.monotonic()

    def take(self, seconds):
        """Takes what comes within some time; returns when the last of it came."""
        end, last = time.monotonic() + seconds, None
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.terminal], [], [], left)[0]:
                break
            if self.rate:
                time.sleep(max(0.0, min(self.read_at - time.monotonic(), left)))
                if self.read_at > time.monotonic():
                    break
            data = os.read(self.terminal, 12 if self.rate else 65536)
            last = time.monotonic()
            self.read_at = max(self.read_at, last - 0.05) + len(data) / (self.rate or 1e12)
            self.feed(data)
        return last

    def feed(self, data):
        self.bytes += len(data)
        data = self.carry + data
        half = re.search(rb"\x1b(?:\[[0-9;?<>=]*)?\Z", data)
        self.carry, data = (data[half.start():], data[:half.start()]) if half else (b"", data)
        at = 0
        for query in QUERY.finditer(data):
            self.stream.feed(IGNORED.sub(b"", data[at:query.start()]))
            at = query.end()
            place = f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R".encode()
            os.write(self.terminal, ANSWERS.get(query.group(), place))
        self.stream.feed(IGNORED.sub(b"", data[at:]))

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def settle(self, quiet=1.0, most=120.0):
        end = time.monotonic() + most
        while self.take(quiet) and time.monotonic() < end:
            pass

    def wait_for(self, text, most=300.0):
        end = time.monotonic() + most
        while not any(text in row for row in self.screen.display) and time.monotonic() < end:
            self.take(0.2)
        self.settle()

    def selected(self):
        """The texts of the rows that stand out."""
        def stands_out(row):
            cells = [self.screen.buffer[row][column] for column in range(self.columns)]
            return sum(cell.reverse or cell.bg != "default" for cell in cells) > 20
        return [self.screen.display[row] for row in range(1, self.rows - 1) if stands_out(row)]

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


def headlines(count):
    words = "nursing records triage ward imaging consent privacy outcomes telehealth staffing audit sepsis".split()
    for number in range(count):
        chosen = (words[(number * step + step) % len(words)] for step in (1, 5, 7, 11, 13))
        yield number, f"{number:05} {' '.join(chosen)}", f"2026-{number % 11 + 1:02}-{number % 28 + 1:02}"


def make_items(folder, count):
    for number, title, date in headlines(count):
        text = f"---\ntitle: {title}\ndate: {date}\nlink: https://news.example.org/{number}\n---\n\n<p>{title}</p>\n"
        (folder / f"{number:06}.md").write_text(text)


def make_feed(file, count):
    items = (f"<item><title>{title}</title><link>https://news.example.org/{number}</link>"
             f"<guid>{number}</guid><description>{title}</description></item>" for number, title, _ in headlines(count))
    file.write_text('<rss version="2.0"><channel><title>Feed</title><link>https://news.example.org/</link>'
                    f"<description>Feed</description>{''.join(items)}</channel></rss>")


def readers(arguments, work):
    """Each reader with its command and the keys that lead to its list."""
    for build in arguments.builds:
        yield build, [build, str(work / "items")], arguments.keys, "records"
    if shutil.which("newsboat"):
        (work / "urls").write_text(f"file://{work}/feed.xml\n")
        (work / "config").write_text("auto-reload no\nbind-key j down\n")
        newsboat = ["newsboat", "-u", f"{work}/urls", "-C", f"{work}/config", "-c", f"{work}/cache.db"]
        os.spawnvpe(os.P_WAIT, "newsboat", [*newsboat, "-x", "reload"], {**os.environ, "HOME": str(work / "home-n")})
        yield "newsboat", newsboat, "\r", "records"
    if shutil.which("russ"):
        yield "russ", ["russ", "read", "-d", f"{work}/russ.db"], "l", "records"


def press(screen, count=60):
    """Milliseconds and bytes of a key press: medians."""
    times, sizes = [], []
    for _ in range(count):
        before, pressed = screen.bytes, time.monotonic()
        screen.type("j")
        last = None
        while came := screen.take(0.04):
            last = came
        if last:
            times.append((last - pressed) * 1000)
            sizes.append(screen.bytes - before)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99)], statistics.median(sizes)


def hold(screen, held=HELD):
    """Holds `j` down; returns when it was released."""
    due = released = time.monotonic()
    for _ in range(int(held / REPEAT)):
        screen.take(max(0.0, due - time.monotonic()))
        released = time.monotonic()
        screen.type("j")
        due += REPEAT
    return released


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--keys", default="")
    parser.add_argument("builds", nargs="+")
    arguments = parser.parse_args()
    size = tuple(map(int, arguments.size.split("x")))
    work = Path(tempfile.mkdtemp())
    try:
        (work / "items").mkdir()
        make_items(work / "items", arguments.items)
        make_feed(work / "feed.xml", arguments.items)
        for name, command, keys, text in readers(arguments, work):
            command[0] = shutil.which(command[0]) or str(Path(command[0]).resolve())

            def opened(rate=None):
                # A home of its own, as a reader may remember where it was.
                screen = Screen(command, tempfile.mkdtemp(dir=work), size, rate)
                if keys:
                    screen.settle(2.0)
                    screen.type(keys)
                screen.wait_for(text)
                screen.settle(3.0)
                return screen

            screen = opened()
            top = press(screen, 30)
            hold(screen)
            screen.settle()
            bottom = press(screen, 30)
            screen.end()
            screen = opened()
            hold(screen)
            screen.settle()
            expected, rows = screen.selected(), screen.screen.display
            screen.end()
            screen = opened(LINE)
            released = hold(screen)
            right = whole = None
            while time.monotonic() < released + 60 and whole is None:
                screen.take(0.01)
                now = time.monotonic() - released
                right = (right or now) if screen.selected() == expected else None
                whole = now if screen.screen.display == rows else None
            screen.end()
            right, whole = (f"{after * 1000:.0f} ms" if after else "not" for after in (right, whole))
            print(f"{name}: j {top[0]:.1f} ms (p99 {top[1]:.1f}), {top[2]:.0f} bytes; scrolling {bottom[0]:.1f} ms, "
                  f"{bottom[2]:.0f} bytes; over {LINE} B/s the right row {right} after release, "
                  f"the whole screen {whole}", flush=True)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
