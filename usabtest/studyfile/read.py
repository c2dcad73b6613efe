"""Reads a study: from the mapping of its file to a `StudySpec`, or to every fault with its path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from urllib.parse import urlsplit

from usabtest.errors import Fault, StudyFileError

from .document import parse_yaml
from .keys import free_key, is_key, key_from
from .match import admitted, origin_of
from .read_criteria import read_criteria, read_search, read_selectors, read_urls
from .read_questions import read_questions, read_screener
from .sections import FaultList, Item, Section, shortened, without_repeats
from .types import (
    AFTER_INSTRUMENTS,
    TASK_INSTRUMENTS,
    Access,
    Analysis,
    Contact,
    Criterion,
    CriterionKind,
    Device,
    ErrorKind,
    Finish,
    Mask,
    Optimal,
    RageClick,
    Recording,
    Redirects,
    StudySpec,
    TaskOrder,
    TaskSpec,
)

__all__ = ["missing_to_start", "parse_yaml", "read_study", "read_text"]

TITLE_LENGTH = 200
PROSE_LENGTH = 10_000
URL_LENGTH = 2_000
MAX_TASKS = 100
MAX_DURATION_S = 86_400

# A language tag of BCP 47 as pages use it: language, script, region, variants, private use.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_PARAMETER = re.compile(r"[^\s&=#?]+")
_SITE = re.compile(r"(https?://)(\*\.)?([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read_text(text: str | bytes) -> StudySpec:
    """The study that a file holds.

    Raises
    ------
    StudyFileError
        With every fault of the text, or, if that can be read, of the study.
    """
    return read_study(parse_yaml(text))


def read_study(mapping: Mapping[str, object]) -> StudySpec:
    """The study that a mapping describes, as it comes from YAML or JSON.

    Raises
    ------
    StudyFileError
        With every fault.
    """
    faults = FaultList()
    whole = Item(mapping, "", faults).section("a study")
    study = _study(whole) if whole else None
    if study is None or faults:
        raise StudyFileError(tuple(faults.faults))
    return study


def missing_to_start(study: StudySpec) -> tuple[Fault, ...]:
    """What a draft may still lack, but nobody can take part without."""
    return () if study.tasks else (Fault("tasks", "is empty; a study needs at least one task"),)


def _study(top: Section) -> StudySpec:
    sites = _sites(top)
    order = top.choice("task_order", TaskOrder.FIXED)
    screener = read_screener(top)
    study = StudySpec(
        key=_key(top.take("key")),
        title=top.required_text("title", longest=TITLE_LENGTH),
        language=_language(top.take("language")) or "en",
        sites=sites,
        access=top.choice("access", Access.OPEN),
        welcome=top.text("welcome", longest=PROSE_LENGTH, lines=True),
        consent=top.text("consent", longest=PROSE_LENGTH, lines=True),
        task_order=order,
        recording=_recording(top.section("recording", "the recording")),
        screener=screener,
        quota=top.whole("quota", least=1, most=1_000_000),
        closes_at=_date(top.take("closes_at")),
        devices=_devices(top.take("devices")),
        contact=_contact(top.section("contact", "the contact")),
        idle_limit_min=_or(top.number("idle_limit_min", least=0.1, most=1_440), 30),
        keep_query=without_repeats((item, _parameter(item)) for item in top.items("keep_query", most=100)),
        keep_fragment=top.truth("keep_fragment"),
        participant_param=_parameter(top.take("participant_param")) or "participant",
        tasks=_tasks(top, sites, order),
        after=read_questions(
            top,
            "after",
            instruments=AFTER_INSTRUMENTS,
            default=("sus",),
            taken=[one.question.key for one in screener],
        ),
        analysis=_analysis(top.section("analysis", "the analysis")),
        redirect=_redirects(top.section("redirect", "the redirect")),
        retention_days=int(_or(top.whole("retention_days", least=1, most=36_500), 365)),
    )
    top.close()
    return study


def _sites(top: Section) -> tuple[str, ...]:
    """The sites, or none at all if one is faulty: what hangs on them is then not judged a second time."""
    item = top.required("sites")
    if item is None:
        return ()
    before = len(item.faults)
    found = item.items(most=100)
    sites = without_repeats((one, _site(one)) for one in found)
    if not found and len(item.faults) == before:
        item.fault("is empty; name at least one origin, such as https://shop.example")
    return sites if len(item.faults) == before else ()


def _site(item: Item) -> str | None:
    site = item.text(longest=300)
    if site is None:
        return None
    problem = _fault_of_site(site)
    if problem:
        item.fault(problem)
        return None
    return site


def _fault_of_site(site: str) -> str | None:
    parts = _SITE.fullmatch(site)
    if parts is None:
        return f'"{shortened(site)}" is no origin; begin it with https:// or http://'
    scheme, wildcard, host, rest = parts.groups()
    if rest:
        return f'"{shortened(site)}" is more than an origin; write "{shortened(scheme + (wildcard or "") + host)}"'
    if "*" in host:
        return (
            f'"{shortened(site)}" has a star in another place than before the first dot; write https://*.{_bare(host)}'
        )
    if "@" in host or origin_of(scheme + host) is None:
        return f'"{shortened(site)}" is no origin; write it as in https://shop.example or http://127.0.0.1:8080'
    name = host.rpartition(":")[0] or host
    if wildcard and "." not in name.strip(".") and name != "localhost":
        return f'"{shortened(site)}" would admit every site under ".{name}"; name the domain too'
    return None


def _bare(host: str) -> str:
    return shortened(host.replace("*", "").strip(".")) or "shop.example"


def _key(item: Item | None) -> str | None:
    key = item.text(longest=URL_LENGTH) if item else None
    if item is None or key is None:
        return None
    if not is_key(key):
        suggestion = key_from(key, otherwise="a-key")
        item.fault(
            f'"{shortened(key)}" is no key; use up to 63 of a-z, 0-9 and "-", beginning with a letter or digit, '
            f'as in "{suggestion}"'
        )
        return None
    return key


def _language(item: Item | None) -> str | None:
    tag = item.text(longest=100) if item else None
    if item and tag and not _LANGUAGE.fullmatch(tag):
        item.fault(f'"{shortened(tag)}" is no language tag; write one such as "en", "de-CH" or "zh-Hans"')
        return None
    return tag


def _recording(section: Section | None) -> Recording:
    if section is None:
        return Recording()
    recording = Recording(
        replay=section.truth("replay"),
        mask=section.choice("mask", Mask.INPUTS),
        text=section.truth("text"),
    )
    section.close()
    return recording


def _date(item: Item | None) -> dt.date | None:
    if item is None:
        return None
    if isinstance(item.value, dt.date) and not isinstance(item.value, dt.datetime):
        return item.value
    text = item.text(longest=100)
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        item.fault(f'"{text}" is no day of the calendar')
        return None
    item.fault(f'"{shortened(text)}" is no date; write year, month and day as in "2030-01-31"')
    return None


def _devices(item: Item | None) -> tuple[Device, ...]:
    if item is None:
        return tuple(Device)
    before = len(item.faults)
    devices = without_repeats((one, one.choice(Device)) for one in item.items(most=10))
    if not devices and len(item.faults) == before:
        item.fault("is empty, so that nobody could take part; name a device, or leave it out for all")
    return devices


def _contact(section: Section | None) -> Contact | None:
    if section is None:
        return None
    email = section.take("email")
    contact = Contact(
        organisation=section.text("organisation", longest=TITLE_LENGTH),
        email=_email(email) if email else None,
        privacy_url=_web_address(section.take("privacy_url")),
    )
    section.close()
    if not section.mapping:
        section.faults.add(section.path, "is empty; leave it out, or say who asks")
    # A contact whose three values are null is none at all.
    return contact if contact != Contact() else None


def _email(item: Item) -> str | None:
    email = item.text(longest=254)
    if email and not _EMAIL.fullmatch(email):
        item.fault(f'"{shortened(email)}" is no e-mail address')
        return None
    return email


def _parameter(item: Item | None) -> str | None:
    name = item.text(longest=100) if item else None
    if item and name and not _PARAMETER.fullmatch(name):
        item.fault(f'"{shortened(name)}" is no name of a query parameter; leave out spaces and any of & = # ?')
        return None
    return name


def _tasks(top: Section, sites: tuple[str, ...], order: TaskOrder) -> tuple[TaskSpec, ...]:
    sections = [item.section("a task") for item in top.items("tasks", most=MAX_TASKS)]
    present = [section for section in sections if section]
    keys = _task_keys(present)
    return tuple(
        _task(section, key=key, sites=sites, first=section is sections[0], order=order)
        for section, key in zip(present, keys, strict=True)
    )


def _task_keys(sections: Iterable[Section]) -> list[str]:
    """The key of each task: its own, or one made from its title that no other task has."""
    items = [(section, section.take("key")) for section in sections]
    own = [_key(item) for _, item in items]
    keys: list[str] = []
    for place, ((section, item), key) in enumerate(zip(items, own, strict=True)):
        if key in own[:place] and item and key is not None:
            first = items[own.index(key)][0].path
            item.fault(f'"{key}" is also the key of {first}; each task needs its own')
        title = section.mapping.get("title")
        made = key_from(title, otherwise="task") if isinstance(title, str) else "task"
        keys.append(key or free_key(made, {*keys, *(one for one in own if one)}))
    return keys


def _task(section: Section, *, key: str, sites: tuple[str, ...], first: bool, order: TaskOrder) -> TaskSpec:
    start = section.take("start_url")
    entry = section.take("entry_url")
    if start is None:
        _start_url_missing(section, first=first, order=order)
        if entry:
            entry.fault("leads to the start_url, which is missing; name it too")
    task = TaskSpec(
        key=key,
        title=section.required_text("title", longest=TITLE_LENGTH),
        scenario=section.required_text("scenario", longest=PROSE_LENGTH, lines=True),
        start_url=_address_on(sites, start),
        entry_url=_address_on(sites, entry),
        success=read_criteria(section, "success"),
        failure=read_criteria(section, "failure"),
        finish=section.choice("finish", Finish.PARTICIPANT),
        time_limit_s=section.number("time_limit_s", least=1, most=MAX_DURATION_S),
        optimal=_optimal(section.section("optimal", "the optimal way")),
        expert_time_s=section.number("expert_time_s", least=0.1, most=MAX_DURATION_S),
        max_time_s=section.number("max_time_s", least=0.1, most=MAX_DURATION_S),
        first_click=read_selectors(section, "first_click"),
        allowed=read_urls(section, "allowed"),
        error_opportunities=section.whole("error_opportunities", least=1, most=10_000),
        search=read_search(section, "search"),
        questions=read_questions(section, "questions", instruments=TASK_INSTRUMENTS, default=("seq",), taken=[]),
    )
    section.close()
    _judge_answers(section, task)
    return task


def _start_url_missing(section: Section, *, first: bool, order: TaskOrder) -> None:
    place = section.place("start_url")
    if first:
        section.faults.add(place, "is missing; the first task needs the address at which it starts")
    elif order is not TaskOrder.FIXED:
        section.faults.add(place, f"is missing; with task_order {order} every task needs one, for any can be the first")


def _judge_answers(section: Section, task: TaskSpec) -> None:
    """`answer` asks after I'm done: it goes neither with I'm done as success nor with an end by itself."""
    if not task.answers:
        return
    for place, written in enumerate(cast("Sequence[object]", section.mapping.get("success") or ())):
        if isinstance(written, Mapping) and written.get("self_report") is True:
            section.faults.add(
                f"{section.place('success')}[{place}].self_report",
                "goes not together with answer: either I'm done counts, or the answer does; keep one of them",
            )
    if task.finish is Finish.AUTO and task.success and all(map(_is_answer, task.success)):
        section.faults.add(
            section.place("finish"),
            "cannot be auto where answer is the only success criterion, for it is asked after I'm done; write "
            "participant, or add a criterion that a page can meet",
        )


def _is_answer(criterion: Criterion) -> bool:
    return criterion.kind is CriterionKind.ANSWER


def _optimal(section: Section | None) -> Optimal | None:
    if section is None:
        return None
    optimal = Optimal(
        pages=section.whole("pages", least=1, most=10_000),
        clicks=section.whole("clicks", least=0, most=10_000),
    )
    section.close()
    return optimal if optimal != Optimal() else None


def _address_on(sites: tuple[str, ...], item: Item | None) -> str | None:
    url = _web_address(item)
    if item is None or url is None or not sites or admitted(sites, url):
        return url
    origin = origin_of(url) or url
    near = next((site for site in sites if _same_but_scheme_or_www(site, origin)), None)
    guess = f'; did you mean {near}, or is "{origin}" to be added to sites?' if near else f'; add "{origin}" to sites'
    item.fault(f"{origin} is not among the study's sites{guess}")
    return None


def _same_but_scheme_or_www(site: str, origin: str) -> bool:
    return _host_alone(site) == _host_alone(origin)


def _host_alone(url: str) -> str:
    host = (origin_of(url.replace("://*.", "://", 1)) or url).partition("://")[2]
    return re.sub(r":\d+$", "", host).removeprefix("www.")


def _web_address(item: Item | None) -> str | None:
    url = item.text(longest=URL_LENGTH) if item else None
    if item is None or url is None:
        return None
    problem = _fault_of_address(url)
    if problem:
        item.fault(problem)
        return None
    return url


def _fault_of_address(url: str) -> str | None:
    if not re.match(r"https?://", url, re.IGNORECASE):
        return f'"{shortened(url)}" is no http(s) address; begin it with https:// or http://'
    if re.search(r"[\s\\]", url):
        return "has a space or a backslash in it; write it as the browser's address bar gives it"
    if origin_of(url) is None:
        return f'"{shortened(url)}" is no address; its host or port cannot be read'
    if "@" in urlsplit(url).netloc:
        return "names a user or a password before the host; browsers ask for those themselves"
    return None


def _analysis(section: Section | None) -> Analysis:
    if section is None:
        return Analysis()
    default = Analysis()
    counted = section.take("count_errors")
    analysis = Analysis(
        count_errors=default.count_errors if counted is None else _kinds(counted),
        rage_click=_rage_click(section.section("rage_click", "the rule of rage clicks")),
        dead_click_ms=int(_or(section.whole("dead_click_ms", least=500, most=2_500), default.dead_click_ms)),
        quick_back_s=_or(section.number("quick_back_s", least=0.1, most=3_600), default.quick_back_s),
        subtract_hidden=section.truth("subtract_hidden"),
    )
    section.close()
    return analysis


def _kinds(item: Item) -> tuple[ErrorKind, ...]:
    return without_repeats((one, one.choice(ErrorKind)) for one in item.items(most=50))


def _rage_click(section: Section | None) -> RageClick:
    if section is None:
        return RageClick()
    default = RageClick()
    rule = RageClick(
        clicks=int(_or(section.whole("clicks", least=2, most=100), default.clicks)),
        within_ms=int(_or(section.whole("within_ms", least=50, most=60_000), default.within_ms)),
        px=int(_or(section.whole("px", least=0, most=10_000), default.px)),
    )
    section.close()
    return rule


def _redirects(section: Section | None) -> Redirects:
    if section is None:
        return Redirects()
    redirects = Redirects(
        completed=_redirect(section.take("completed")),
        screened_out=_redirect(section.take("screened_out")),
        quota_full=_redirect(section.take("quota_full")),
    )
    section.close()
    return redirects


def _redirect(item: Item | None) -> str | None:
    """An address that may hold ``{participant}``, though not in its host: who takes part must not choose that."""
    if item is None or not isinstance(item.value, str):
        return _web_address(item)
    host, placeholders = re.split(r"(?<=[^:/])[/?#]", item.value, maxsplit=1)[0], _PLACEHOLDER.findall(item.value)
    unknown = [one for one in placeholders if one != "{participant}"]
    if unknown:
        item.fault(f"has {shortened(unknown[0])}, which stands for nothing; {{participant}} is the only placeholder")
        return None
    if "{" in host:
        item.fault("has a placeholder in its host; put it into the path or the query")
        return None
    return _web_address(item)


def _or(number: float | None, default: float) -> float:
    return default if number is None else number
