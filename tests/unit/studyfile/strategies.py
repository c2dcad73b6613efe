"""Any study that a file can describe."""

from __future__ import annotations

import datetime as dt
import string

from hypothesis import strategies as st

from usabtest.studyfile.types import (
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
    Question,
    QuestionType,
    RageClick,
    Recording,
    Redirects,
    ScreenerQuestion,
    StudySpec,
    TaskOrder,
    TaskSpec,
)

SITES = ("https://shop.example", "https://*.pay.example", "http://127.0.0.1:8080")
URLS = ("https://shop.example/", "https://shop.example/a?b=c#/d", "https://x.pay.example/ä", "http://127.0.0.1:8080/x")

_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
one_line = st.text(_CHARACTERS, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
# Words that YAML would take for something else, and texts that need care when written.
tricky = st.sampled_from(
    ["9.90", "yes", "null", "~", "0x1F", "2030-01-31", "true", "- a", "a: b", "#x", "'", '"', " a", "*a", "@a"]
)
text = one_line | tricky
prose = st.lists(text | st.just(""), min_size=1, max_size=4).map("\n".join).filter(lambda prose: bool(prose.strip()))
keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True).filter(lambda key: key not in TASK_INSTRUMENTS)
seconds = st.floats(1, 86_400) | st.integers(1, 86_400)
selectors = st.sampled_from(["nav a.books", "#thank-you", 'a[href^="/x"]', ":not(.a, .b)"])
globs = st.sampled_from(["/", "/catalogue/**", "/s?q=*", "/#/a", "https://shop.example/x", "/ä b"])


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def tuples_of(strategy: st.SearchStrategy[object], *, least: int = 0, most: int = 3) -> st.SearchStrategy[object]:
    return st.lists(strategy, min_size=least, max_size=most, unique=True).map(tuple)


def _of_kind(kind: CriterionKind, patterns: st.SearchStrategy[str]) -> st.SearchStrategy[Criterion]:
    return st.builds(Criterion, st.just(kind), pattern=patterns)


plain_criteria = st.one_of(
    _of_kind(CriterionKind.URL, globs),
    _of_kind(CriterionKind.URL_REGEX, st.sampled_from(["^/a$", r"\d+", "(?:a|b)+"])),
    _of_kind(CriterionKind.CLICK, selectors),
    _of_kind(CriterionKind.VISIBLE, selectors),
    _of_kind(CriterionKind.TEXT, prose),
    _of_kind(CriterionKind.EVENT, text),
)
criteria = plain_criteria | st.builds(
    Criterion, st.just(CriterionKind.ALL), parts=st.lists(plain_criteria, min_size=1, max_size=3).map(tuple)
)
answers = st.builds(Criterion, st.just(CriterionKind.ANSWER), question=prose, accept=tuples_of(text, least=1))
searches = st.one_of(_of_kind(CriterionKind.URL, globs), _of_kind(CriterionKind.CLICK, selectors))


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    kind = draw(st.sampled_from(QuestionType))
    common = {"key": key, "text": draw(prose), "type": kind, "required": draw(st.booleans())}
    if kind is QuestionType.CHOICE:
        return Question(
            **common, options=draw(tuples_of(text, least=1)), multiple=draw(st.booleans()), other=draw(st.booleans())
        )
    if kind is QuestionType.SCALE:
        low = draw(st.integers(0, 99))
        labels = draw(st.none() | st.tuples(text, text))
        return Question(**common, min=low, max=draw(st.integers(low + 1, 100)), labels=labels)
    return Question(**common)


@st.composite
def screeners(draw: st.DrawFn, key: str) -> ScreenerQuestion:
    question = draw(questions(key))
    if question.type is QuestionType.SCALE:
        accept = draw(tuples_of(st.integers(question.min, question.max).map(str), least=1))
    elif question.type is QuestionType.CHOICE:
        accept = draw(tuples_of(st.sampled_from(question.options), least=1))
    else:
        accept = draw(tuples_of(text, least=1))
    return ScreenerQuestion(question, accept)


@st.composite
def tasks(draw: st.DrawFn, key: str) -> TaskSpec:
    own = [draw(questions(one)) for one in draw(st.lists(keys, max_size=2, unique=True))]
    standard = draw(st.lists(st.sampled_from(TASK_INSTRUMENTS), max_size=2, unique=True))
    success = draw(st.lists(criteria | answers | st.just(Criterion(CriterionKind.SELF_REPORT)), max_size=4))
    asks = any(one.kind is CriterionKind.ANSWER for one in success)
    return TaskSpec(
        key=key,
        title=draw(text),
        scenario=draw(prose),
        start_url=draw(st.sampled_from(URLS)),
        entry_url=draw(st.none() | st.sampled_from(URLS)),
        success=tuple(one for one in success if not (asks and one.kind is CriterionKind.SELF_REPORT)),
        failure=draw(st.lists(criteria, max_size=2).map(tuple)),
        finish=Finish.PARTICIPANT if asks else draw(st.sampled_from(Finish)),
        time_limit_s=draw(optional(seconds)),
        optimal=draw(optional(st.builds(Optimal, pages=st.integers(1, 9), clicks=optional(st.integers(0, 9))))),
        expert_time_s=draw(optional(seconds)),
        max_time_s=draw(optional(seconds)),
        first_click=draw(tuples_of(selectors)),
        allowed=draw(tuples_of(globs)),
        error_opportunities=draw(optional(st.integers(1, 99))),
        search=draw(st.lists(searches, max_size=2).map(tuple)),
        questions=tuple(draw(st.permutations([*own, *standard]))),
    )


@st.composite
def studies(draw: st.DrawFn) -> StudySpec:
    task_keys = draw(st.lists(keys, max_size=3, unique=True))
    question_keys = draw(st.lists(keys, max_size=4, unique=True))
    own = [draw(questions(key)) for key in question_keys[:2]]
    standard = draw(st.lists(st.sampled_from(AFTER_INSTRUMENTS), max_size=3, unique=True))
    return StudySpec(
        key=draw(optional(keys)),
        title=draw(text),
        language=draw(st.sampled_from(["en", "de-CH", "zh-Hans", "no"])),
        sites=SITES,
        access=draw(st.sampled_from(Access)),
        welcome=draw(optional(prose)),
        consent=draw(optional(prose)),
        task_order=draw(st.sampled_from(TaskOrder)),
        recording=draw(st.builds(Recording, st.booleans(), st.sampled_from(Mask), st.booleans())),
        screener=tuple(draw(screeners(key)) for key in question_keys[2:]),
        quota=draw(optional(st.integers(1, 1000))),
        closes_at=draw(optional(st.dates(dt.date(1000, 1, 1)))),
        devices=draw(tuples_of(st.sampled_from(Device), least=1)),
        contact=draw(
            optional(st.builds(Contact, text, optional(st.just("a@b.example")), optional(st.sampled_from(URLS))))
        ),
        idle_limit_min=draw(st.floats(0.1, 1_440) | st.integers(1, 1_440)),
        keep_query=draw(tuples_of(st.text(string.ascii_letters, min_size=1))),
        keep_fragment=draw(st.booleans()),
        participant_param=draw(st.sampled_from(["participant", "pid"])),
        tasks=tuple(draw(tasks(key)) for key in task_keys),
        after=tuple(draw(st.permutations([*own, *standard]))),
        analysis=draw(
            st.builds(
                Analysis,
                count_errors=tuples_of(st.sampled_from(ErrorKind)),
                rage_click=st.builds(RageClick, st.integers(2, 9), st.integers(50, 5_000), st.integers(0, 99)),
                dead_click_ms=st.integers(500, 2_500),
                quick_back_s=st.floats(0.1, 60),
                subtract_hidden=st.booleans(),
            )
        ),
        redirect=draw(
            st.builds(Redirects, completed=optional(st.sampled_from(["https://p.example/?id={participant}", *URLS])))
        ),
        retention_days=draw(st.integers(1, 36_500)),
    )
