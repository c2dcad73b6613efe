"""One synthetic participant, from the link to Finish: what would happen in their browser, at made-up moments.

Times are by the participant's own clock, which may be behind the server's: so that it needs no patience to play a
quarter of an hour, and a demo has a past.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from usabtest.simulation.answers import answer
from usabtest.simulation.browser import Browser
from usabtest.simulation.persona import Device, Persona
from usabtest.simulation.script import Click, Fault, Scripts, TaskScript, improvised, page_at
from usabtest.simulation.wire import PageStream

COUNTS, FIRST_CLICK, CLICKABLE = 1, 2, 8
NO_LIMIT_S = 300.0
LONGEST_PAUSE_S = 25.0


class End(StrEnum):
    """How a task is going to end."""

    SUCCESS = "success"
    FALSE_END = "false_end"
    GIVES_UP = "gives_up"
    TIMES_OUT = "times_out"
    LEAVES = "leaves"


@dataclass
class Participant:
    """One person at one browser; `now_ms` is what their clock shows."""

    browser: Browser
    persona: Persona
    device: Device
    rng: Random
    now_ms: int

    def play(self, scripts: Scripts) -> None:
        """Play all tasks and answer all questions, unless they leave."""
        self._stream = self._load(self.browser.start_url, None)
        likings = []
        for number, task in enumerate(self.browser.definition["tasks"]):
            script = scripts.get(task["key"]) or improvised(task)
            end = self._end_of(script)
            self._task(number, task, script, end)
            if end is End.LEAVES:
                self._send()
                return
            likings.append(self._liking(script, end))
            self._questions(number, task["questions"], likings[-1])
        self._questions(None, self.browser.definition["after"], sum(likings) / len(likings))
        self._pause(2)
        self._stream.add("F", self.now_ms, None)
        self._send()

    # A task

    def _end_of(self, script: TaskScript) -> End:
        person, rng = self.persona, self.rng
        if rng.random() < person.leaves:
            return End.LEAVES
        if rng.random() < person.skill * (1 - script.difficulty) + person.skill**4 * script.difficulty * 0.3:
            return End.SUCCESS
        if rng.random() > person.care:
            return End.FALSE_END
        return End.TIMES_OUT if rng.random() < person.patience * 0.5 else End.GIVES_UP

    def _task(self, number: int, task: Mapping[str, Any], script: TaskScript, end: End) -> None:
        self._go_to(task["start_url"])
        self._pause(6)
        self._stream.add("S", self.now_ms, number)
        started_ms = self.now_ms
        limit_ms = started_ms + round((task["time_limit_s"] or NO_LIMIT_S) * 1000)
        way = script.way if end is End.SUCCESS else script.way[: self.rng.randrange(len(script.way))]
        self._walk(number, task, script, way)
        if end is End.SUCCESS and self.now_ms < limit_ms - 5000:
            self._succeed(number, task, script)
        else:
            self._fail(number, task, script, end, limit_ms)

    def _walk(self, number: int, task: Mapping[str, Any], script: TaskScript, way: tuple[Click, ...]) -> None:
        right = bool(task["first_click"])
        for place, click in enumerate(way):
            if script.detours and self.rng.random() < self.persona.wander:
                back = self._stream.page
                self._click(number, self.rng.choice(script.detours), flags=0)
                self._pause(3)
                self._show(back, number, "history")
                right = False
            for mishap in script.mishaps:
                if mishap.step == place and self.rng.random() < 0.25 + script.difficulty / 2:
                    self._mishap(number, mishap.fault, mishap.where)
            self._click(number, click, flags=FIRST_CLICK if right else 0)
            right = False

    def _succeed(self, number: int, task: Mapping[str, Any], script: TaskScript) -> None:
        """Reach the first criterion, if the browser can judge it, and press I'm done."""
        judged = [place for place, one in enumerate(task["success"]) if not {"answer", "self_report"} & set(one)]
        self._pause(0.5)
        if judged:
            self._stream.add("M", self.now_ms, number, "success", judged[0])
            if task["finish"] == "auto":
                return
        self._pause(3)
        self._stream.add("D", self.now_ms, number)
        if not judged:
            self._give_answers(number, task, script.answer)

    def _fail(self, number: int, task: Mapping[str, Any], script: TaskScript, end: End, limit_ms: int) -> None:
        if end in {End.GIVES_UP, End.TIMES_OUT} and self.rng.random() < 0.5:
            self._rage(number)
        if end is End.LEAVES:
            return
        if end is End.TIMES_OUT and task["time_limit_s"] and self.now_ms < limit_ms:
            self._linger(number, script, limit_ms)
        if task["time_limit_s"] and self.now_ms >= limit_ms:
            self.now_ms = limit_ms
            self._stream.add("T", self.now_ms, number)
        elif end in {End.SUCCESS, End.FALSE_END}:
            self._stream.add("D", self.now_ms, number)
            self._give_answers(number, task, None)
        else:
            self._stream.add("G", self.now_ms, number)

    def _linger(self, number: int, script: TaskScript, limit_ms: int) -> None:
        """Look here and there until the time is up."""
        while self.now_ms < limit_ms:
            self._pause(12)
            if self.now_ms < limit_ms - 2000:
                self._click(number, self.rng.choice(script.detours or script.way), flags=0)

    def _give_answers(self, number: int, task: Mapping[str, Any], known: str | None) -> None:
        for question in task["answers"]:
            self._pause(5)
            self._stream.add("A", self.now_ms, number, question["key"], known or "I do not know")

    # What happens in a page

    def _click(self, number: int, click: Click, *, flags: int) -> None:
        self._pause(4)
        ordinal = self._press(number, click.selector, flags | CLICKABLE)
        leads = click.leads_to is not None
        reaction = self.rng.randint(3, 60)
        self._stream.add("g", self.now_ms + reaction, number, ordinal, reaction, "navigation" if leads else "mutation")
        self.now_ms += reaction
        if click.leads_to is not None:
            self._show(page_at(self._stream.page, click.leads_to), number)

    def _press(self, number: int, selector: str, flags: int, at: tuple[int, int] | None = None) -> int:
        rng, device = self.rng, self.device
        left, top = at or (rng.randint(20, device.width - 20), rng.randint(80, device.height - 20))
        inside = (rng.randint(200, 800), rng.randint(200, 800))
        words = self._stream.place(selector)
        return self._stream.add("c", self.now_ms, number, words, *inside, left, top, 0, device.pointer, COUNTS | flags)

    def _rage(self, number: int) -> None:
        """Press again and again on something that does nothing."""
        at = (self.rng.randint(100, 600), self.rng.randint(100, 600))
        for _ in range(self.rng.randint(3, 6)):
            self.now_ms += self.rng.randint(120, 260)
            ordinal = self._press(number, ".banner", CLICKABLE, at)
            self._stream.add("g", self.now_ms, number, ordinal, None, "")

    def _mishap(self, number: int, fault: Fault, where: str) -> None:
        self._pause(2)
        match fault:
            case Fault.FORM:
                self._stream.add("i", self.now_ms, number, self._stream.place(where), COUNTS)
                self._pause(3)
                self._stream.add("f", self.now_ms, number, self._stream.place(where), "native")
            case Fault.JAVASCRIPT:
                self._press(number, where, CLICKABLE)
                message = "TypeError: Cannot read properties of undefined"
                source = page_at(self._stream.page, "/static/shop.js")
                self._stream.add("j", self.now_ms + 2, number, "error", message, source, 6, 41, "1k2j3h")
            case Fault.NETWORK:
                address = page_at(self._stream.page, where)
                self._stream.add("n", self.now_ms, number, "fetch", "GET", address, 503, 0, 84)
            case Fault.DEAD:
                ordinal = self._press(number, where, CLICKABLE)
                self._stream.add("g", self.now_ms + 2500, number, ordinal, None, "")

    # Pages

    def _go_to(self, start_url: str | None) -> None:
        if start_url is not None and self._stream.page != start_url:
            self._show(start_url, None)

    def _show(self, page: str, number: int | None, how: str = "load") -> None:
        """Leave this page for another."""
        self._stream.add("u", self.now_ms, number, 0)
        self._send()
        self.now_ms += self.rng.randint(40, 300)
        self._stream = self._load(page, number, how)

    def _load(self, page: str, number: int | None, how: str = "load") -> PageStream:
        stream = self.browser.open_page(page, self.now_ms)
        first, load = self.rng.randint(20, 180), self.rng.randint(200, 900)
        stream.add("v", self.now_ms, number, how, self.device.width, self.device.height, 200)
        stream.add("l", self.now_ms + load, number, first, first + 60, load - 40, load, first + 120)
        self.now_ms += load
        return stream

    def _send(self) -> None:
        self.browser.send(self._stream)

    # Questions

    def _questions(self, number: int | None, questions: list[dict[str, Any]], liking: float) -> None:
        for question in questions:
            self._pause(3)
            value = answer(question, liking, self.rng)
            self._stream.add("A", self.now_ms, number, question["key"], value)

    def _liking(self, script: TaskScript, end: End) -> float:
        mood = {End.SUCCESS: 0.93, End.FALSE_END: 0.8, End.TIMES_OUT: 0.35}.get(end, 0.3)
        return min(1.0, max(0.0, mood - script.difficulty * 0.25 + self.rng.gauss(0, 0.08)))

    def _pause(self, about_s: float) -> None:
        """Let time pass as it does for people: mostly about so long, now and then much longer."""
        spent_s = about_s * self.persona.pace * self.rng.lognormvariate(0, 0.45)
        self.now_ms += round(min(spent_s, LONGEST_PAUSE_S) * 1000)
