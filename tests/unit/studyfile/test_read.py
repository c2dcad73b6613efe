"""A study file is read in full, or every one of its faults is named with its path."""

# ruff: noqa: E501 -- a table of messages reads best with a row a case

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.studyfile.strategies import studies
from usabtest.errors import Fault, StudyFileError
from usabtest.studyfile.read import missing_to_start, read_study, read_text
from usabtest.studyfile.types import (
    Access,
    Analysis,
    Contact,
    Criterion,
    CriterionKind,
    Device,
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
from usabtest.studyfile.write import to_mapping

DOCUMENTED = """\
key: shop-checkout            # optional: made from the title, with six random characters
title: Shop checkout, round 2
language: en
sites: ["https://shop.example", "https://*.pay.example"]   # origins whose pages may record; *. admits sub-domains
access: open                  # open: anyone with the link | invited: personal invitations only
welcome: Thank you for helping us.      # Markdown: paragraphs, emphasis, lists, links; no HTML, no images
consent: We record your clicks, the pages you visit and errors, never what you type.
task_order: fixed             # fixed | random | balanced (Latin square over participants)
recording: {replay: false, mask: inputs, text: false}   # mask: inputs | all | none
screener: []                  # questions with `accept`; any other answer screens out
quota: 50                     # participants who may complete; then a polite closing page
closes_at: "2030-01-31"       # end of that day, UTC
devices: [desktop, tablet, phone]
contact: {organisation: Shop Ltd, email: ux@shop.example, privacy_url: "https://shop.example/privacy"}   # optional
idle_limit_min: 30            # no event for so long ends a running attempt as abandoned; 0.1 at least
keep_query: [q, page]         # query parameters that may be recorded; all others are dropped in the browser
keep_fragment: false          # routes (#/..., #!/...) are always kept
participant_param: participant   # the query parameter that carries an outside identifier
tasks:
  - key: find-book            # unique in the study
    title: Find a book
    scenario: You want a present for a friend who likes detective stories. Put one into the basket.
    start_url: https://shop.example/
    # entry_url: a page that keeps a fragment, where redirects or a login would lose it
    success:                  # the first criterion met decides; none given means self_report
      - url: /catalogue/the-shellcoders-handbook_209/   # glob on the path: * within a part, ** over parts
      - url_regex: "^/orders/[0-9]+/thanks$"
      - click: "button#place-order"      # CSS selector
      - visible: "#thank-you"            # at least half of the element (or of the viewport) is in view
      - text: "Thank you for your order" # in the rendered text, widget aside; spaces collapsed
      - event: order-placed              # the site says so (section 3)
      - answer: {question: "What does it cost?", accept: ["9.99", "£9.99"]}   # asked after I'm done
      - all: [{url: /basket/}, {visible: "tr.item"}]   # every one of these
    failure:                  # the same forms; met first, it ends in failure
      - url: /checkout/preview-error/
    finish: participant       # participant: ends at 'I'm done' | auto: ends when a criterion is met
    time_limit_s: 300
    optimal: {pages: 3, clicks: 5}       # for lostness and path deviation
    expert_time_s: 40
    max_time_s: 120           # acceptable time, for SUM
    first_click: ["nav a.books"]         # the correct area; without it first clicks are listed, not judged
    allowed: ["/", "/catalogue/**", "/basket/"]   # other pages are wrong paths; without it none are
    error_opportunities: 4
    search: [{click: "input[type=search]"}, {url: "/search/*"}]   # what counts as searching
    questions: [seq]          # after the task
after: [sus, nps]             # after the test: sus, umux_lite, nps, csat, ces, or own questions
analysis:                     # may change at any time: measures are made anew
  count_errors: [javascript, network, form, wrong_path, marked]
  rage_click: {clicks: 3, within_ms: 1000, px: 30}
  dead_click_ms: 2500         # 500 to 2500; raw reaction times are recorded
  quick_back_s: 5
  subtract_hidden: false
redirect: {completed: "https://panel.example/?cc=OK&id={participant}", screened_out: "https://panel.example/?cc=NO", quota_full: "https://panel.example/?cc=FULL"}
retention_days: 365
"""

LEAST = {
    "title": "Shop",
    "sites": ["https://shop.example", "https://*.pay.example"],
    "tasks": [
        {"key": "one", "title": "One", "scenario": "Do it.", "start_url": "https://shop.example/"},
        {"key": "two", "title": "Two", "scenario": "Do that."},
    ],
}
SCALE = {"key": "how", "text": "How?", "type": "scale"}
CHOICE = {"key": "why", "text": "Why?", "type": "choice", "options": ["price", "speed"]}


def study_with(path: str = "", value: object = None) -> dict[str, Any]:
    """The smallest study, with one thing set: `tasks.0.success`, say. The value `...` takes the key away."""
    study: dict[str, Any] = copy.deepcopy(LEAST)
    if path:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = study
        for part in way:
            place = place.setdefault(part, {}) if isinstance(part, str) else place[part]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return study


def faults_of(study: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(StudyFileError) as raised:
        read_study(study)
    return raised.value.faults


def test_the_documented_example_is_read_in_full() -> None:
    kind = CriterionKind

    assert read_text(DOCUMENTED) == StudySpec(
        key="shop-checkout",
        title="Shop checkout, round 2",
        language="en",
        sites=("https://shop.example", "https://*.pay.example"),
        access=Access.OPEN,
        welcome="Thank you for helping us.",
        consent="We record your clicks, the pages you visit and errors, never what you type.",
        task_order=TaskOrder.FIXED,
        recording=Recording(replay=False, mask=Mask.INPUTS, text=False),
        screener=(),
        quota=50,
        closes_at=dt.date(2030, 1, 31),
        devices=(Device.DESKTOP, Device.TABLET, Device.PHONE),
        contact=Contact("Shop Ltd", "ux@shop.example", "https://shop.example/privacy"),
        idle_limit_min=30,
        keep_query=("q", "page"),
        keep_fragment=False,
        participant_param="participant",
        tasks=(
            TaskSpec(
                key="find-book",
                title="Find a book",
                scenario="You want a present for a friend who likes detective stories. Put one into the basket.",
                start_url="https://shop.example/",
                success=(
                    Criterion(kind.URL, "/catalogue/the-shellcoders-handbook_209/"),
                    Criterion(kind.URL_REGEX, "^/orders/[0-9]+/thanks$"),
                    Criterion(kind.CLICK, "button#place-order"),
                    Criterion(kind.VISIBLE, "#thank-you"),
                    Criterion(kind.TEXT, "Thank you for your order"),
                    Criterion(kind.EVENT, "order-placed"),
                    Criterion(kind.ANSWER, question="What does it cost?", accept=("9.99", "£9.99")),
                    Criterion(kind.ALL, parts=(Criterion(kind.URL, "/basket/"), Criterion(kind.VISIBLE, "tr.item"))),
                ),
                failure=(Criterion(kind.URL, "/checkout/preview-error/"),),
                finish=Finish.PARTICIPANT,
                time_limit_s=300,
                optimal=Optimal(pages=3, clicks=5),
                expert_time_s=40,
                max_time_s=120,
                first_click=("nav a.books",),
                allowed=("/", "/catalogue/**", "/basket/"),
                error_opportunities=4,
                search=(Criterion(kind.CLICK, "input[type=search]"), Criterion(kind.URL, "/search/*")),
                questions=("seq",),
            ),
        ),
        after=("sus", "nps"),
        analysis=Analysis(rage_click=RageClick(3, 1000, 30), dead_click_ms=2500, quick_back_s=5),
        redirect=Redirects(
            "https://panel.example/?cc=OK&id={participant}",
            "https://panel.example/?cc=NO",
            "https://panel.example/?cc=FULL",
        ),
        retention_days=365,
    )


def test_what_is_left_out_has_the_documented_defaults() -> None:
    study = read_study(study_with())

    assert (study.key, study.language, study.access) == (None, "en", Access.OPEN)
    assert (study.task_order, study.after, study.retention_days) == (TaskOrder.FIXED, ("sus",), 365)
    assert (study.quota, study.recording.replay, study.devices) == (None, False, tuple(Device))
    assert (study.tasks[0].finish, study.tasks[0].questions) == (Finish.PARTICIPANT, ("seq",))
    assert study.tasks[0].self_reported
    assert study.tasks[1].start_url is None


def test_null_counts_as_left_out() -> None:
    study = study_with()

    assert read_study({**study, "quota": None, "after": None, "contact": None}) == read_study(study)


def test_a_task_without_a_key_gets_one_from_its_title() -> None:
    study = study_with("tasks.0.key", "buy-it")
    study["tasks"][1] = {"title": "Buy it!", "scenario": "Do."}

    assert [task.key for task in read_study(study).tasks] == ["buy-it", "buy-it-2"]


def test_questions_of_the_studys_own_are_read() -> None:
    own = {**SCALE, "required": True, "min": 0, "max": 10, "labels": ["bad", "good"]}

    assert read_study(study_with("after", ["sus", own])).after == (
        "sus",
        Question("how", "How?", QuestionType.SCALE, required=True, min=0, max=10, labels=("bad", "good")),
    )


def test_the_screener_of_a_scale_takes_numbers_and_keeps_texts() -> None:
    study = read_study(study_with("screener", [{**SCALE, "accept": [6, "7"]}]))

    assert study.screener == (ScreenerQuestion(Question("how", "How?", QuestionType.SCALE), ("6", "7")),)


def test_a_date_of_yaml_and_one_in_quotes_are_the_same() -> None:
    assert read_study(study_with("closes_at", dt.date(2030, 1, 31))) == read_study(
        study_with("closes_at", "2030-01-31")
    )


def test_a_study_without_tasks_is_a_draft() -> None:
    draft = read_study(study_with("tasks", []))

    assert [fault.path for fault in missing_to_start(draft)] == ["tasks"]
    assert missing_to_start(read_study(study_with())) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("language", "de-CH"),
        ("language", "zh-Hans-TW"),
        ("sites", ["http://localhost:8000", "http://*.localhost:8000", "https://shop.example", "http://[::1]"]),
        ("idle_limit_min", 0.1),
        ("tasks.0.start_url", "https://a.b.pay.example/x?y#/z"),
        ("tasks.0.start_url", "https://shop.example:443"),
        ("tasks.0.success", [{"self_report": True}, {"url": "/x"}]),
        ("tasks.0.success", [{"answer": {"question": "?", "accept": ["a"]}}]),
        ("tasks.0.time_limit_s", 2.5),
        ("tasks.0.questions", []),
        ("tasks.0.questions", ["seq", "sus", "umux_lite", "nps", "csat", "ces", CHOICE]),
        ("after", []),
        ("screener", [{**CHOICE, "accept": ["price"]}]),
        ("analysis.dead_click_ms", 500),
        ("analysis.count_errors", ["dead_click", "rage_click", "error_click", "quick_back"]),
        ("redirect.completed", "https://panel.example/{participant}/done"),
        ("quota", 5.0),
        ("welcome", "One line.\n\nAnother\twith a tab."),
    ],
)
def test_it_reads(path: str, value: object) -> None:
    read_study(study_with(path, value))


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        # keys of the file
        ("titel", "x", 'titel: is not a key of a study; did you mean "title"?'),
        ("tasks.0.startUrl", "x", 'tasks[0].startUrl: is not a key of a task; did you mean "start_url"?'),
        ("foo bar", 1, '["foo bar"]: is not a key of a study; known are'),
        ("recording.masks", "all", 'recording.masks: is not a key of the recording; did you mean "mask"?'),
        ("title", ..., "title: is missing"),
        ("sites", ..., "sites: is missing"),
        ("tasks.1.title", ..., "tasks[1].title: is missing"),
        ("tasks.1.scenario", ..., "tasks[1].scenario: is missing"),
        ("tasks.0.start_url", ..., "tasks[0].start_url: is missing; the first task needs"),
        # texts
        ("title", 2026, "title: is the number 2026 where a text has to stand; put it in quotes"),
        ("title", True, "title: is the truth value true where a text has to stand; put it in quotes"),
        ("title", ["a"], "title: is a list where a text has to stand"),
        ("title", " ", "title: is empty"),
        ("title", "a\nb", "title: has a line break"),
        ("title", "a" * 201, "title: is 201 characters long; 200 at most"),
        ("tasks.0.scenario", "a" * 10_001, "tasks[0].scenario: is 10001 characters long"),
        ("welcome", "", "welcome: is empty"),
        ("consent", "a\x00b", "consent: contains a control character (U+0000) at character 2"),
        # keys and languages
        ("key", "Shop_1", 'key: "Shop_1" is no key; use up to 63 of a-z, 0-9 and "-", beginning with a letter or digit, as in "shop-1"'),
        ("key", "-a", 'key: "-a" is no key'),
        ("key", "a" * 64, 'key: "'),
        ("tasks.1.key", "one", 'tasks[1].key: "one" is also the key of tasks[0]'),
        ("language", "english!", 'language: "english!" is no language tag'),
        ("language", "e", 'language: "e" is no language tag'),
        # sites
        ("sites", [], "sites: is empty"),
        ("sites", "https://shop.example", "sites: is the text \"https://shop.example\" where a list has to stand"),
        ("sites", ["https://shop.example/"], 'sites[0]: "https://shop.example/" is more than an origin; write "https://shop.example"'),
        ("sites", ["https://shop.example/a?b"], 'sites[0]: "https://shop.example/a?b" is more than an origin'),
        ("sites", ["shop.example"], 'sites[0]: "shop.example" is no origin; begin it with https://'),
        ("sites", ["ftp://shop.example"], 'sites[0]: "ftp://shop.example" is no origin'),
        ("sites", ["https://shop.*.example"], 'sites[0]: "https://shop.*.example" has a star in another place'),
        ("sites", ["https://*.com"], 'sites[0]: "https://*.com" would admit every site under ".com"'),
        ("sites", ["https://a@shop.example"], 'sites[0]: "https://a@shop.example" is no origin'),
        ("sites", ["https://shop.example", "https://shop.example"], 'sites[1]: "https://shop.example" stands twice'),
        # choices, truths, numbers, dates
        ("access", "opne", 'access: "opne" is not known; did you mean "open"?'),
        ("access", "everyone", 'access: "everyone" is not known; allowed is open, invited'),
        ("access", 1, "access: is the number 1; allowed is open, invited"),
        ("task_order", "latin", 'task_order: "latin" is not known; allowed is fixed, random, balanced'),
        ("recording.replay", "yes", 'recording.replay: is the text "yes"; write true or false without quotes'),
        ("recording.mask", "input", 'recording.mask: "input" is not known; did you mean "inputs"?'),
        ("recording", "all", 'recording: is the text "all" where the recording has to stand'),
        ("quota", 0, "quota: is 0; allowed is 1 to"),
        ("quota", 1.5, "quota: is 1.5; it has to be a whole number"),
        ("quota", "50", 'quota: is the text "50" where a number has to stand; write it without quotes'),
        ("quota", "fifty", 'quota: is the text "fifty" where a number has to stand'),
        ("quota", True, "quota: is the truth value true where a number has to stand"),
        ("quota", float("nan"), "quota: is nan"),
        pytest.param("quota", 10**400, "quota: is 1000", id="a number beyond floats"),
        ("idle_limit_min", 0.05, "idle_limit_min: is 0.05; allowed is 0.1 to"),
        ("retention_days", 0, "retention_days: is 0; allowed is 1 to"),
        ("closes_at", "31.1.2030", 'closes_at: "31.1.2030" is no date; write year, month and day as in "2030-01-31"'),
        ("closes_at", "2030-02-30", 'closes_at: "2030-02-30" is no day of the calendar'),
        ("closes_at", 20300131, "closes_at: is the number 20300131 where a text has to stand; put it in quotes"),
        ("devices", [], "devices: is empty, so that nobody could take part"),
        ("devices", ["mobile"], 'devices[0]: "mobile" is not known'),
        ("devices", ["phone", "phone"], 'devices[1]: "phone" stands twice'),
        ("contact", {}, "contact: is empty"),
        ("contact.email", "ux at shop", 'contact.email: "ux at shop" is no e-mail address'),
        ("contact.privacy_url", "/privacy", 'contact.privacy_url: "/privacy" is no http(s) address'),
        ("keep_query", ["a=b"], 'keep_query[0]: "a=b" is no name of a query parameter'),
        ("participant_param", "a b", 'participant_param: "a b" is no name of a query parameter'),
        # where tasks start
        ("tasks.0.start_url", "https://other.example/", "tasks[0].start_url: https://other.example is not among the study's sites; add"),
        ("tasks.0.start_url", "http://shop.example/", "tasks[0].start_url: http://shop.example is not among the study's sites; did you mean https://shop.example,"),
        ("tasks.0.start_url", "https://pay.example/", "tasks[0].start_url: https://pay.example is not among the study's sites; did you mean https://*.pay.example,"),
        ("tasks.0.start_url", "javascript:alert(1)", 'tasks[0].start_url: "javascript:alert(1)" is no http(s) address'),
        ("tasks.0.start_url", "/books", 'tasks[0].start_url: "/books" is no http(s) address'),
        ("tasks.0.start_url", "https://shop.example/a b", "tasks[0].start_url: has a space"),
        ("tasks.0.start_url", "https://me@shop.example/", "tasks[0].start_url: names a user"),
        ("tasks.0.start_url", "https://", 'tasks[0].start_url: "https://" is no address'),
        ("tasks.0.entry_url", "https://other.example/", "tasks[0].entry_url: https://other.example is not among"),
        ("tasks.1.entry_url", "https://shop.example/", "tasks[1].entry_url: leads to the start_url, which is missing"),
        ("task_order", "random", "tasks[1].start_url: is missing; with task_order random every task needs one"),
        ("task_order", "balanced", "tasks[1].start_url: is missing; with task_order balanced every task needs one"),
        ("tasks", {}, "tasks: is a mapping where a list has to stand"),
        ("tasks.1", "Do it.", 'tasks[1]: is the text "Do it." where a task has to stand'),
        # criteria
        ("tasks.0.success", [{"url_regex": "^/a([0-9]"}], "tasks[0].success[0].url_regex: the bracket at character 4 never closes"),
        ("tasks.0.success", [{"url_regex": "(?=a)"}], "tasks[0].success[0].url_regex: the look-ahead at character 1"),
        ("tasks.0.success", [{"url_regex": "(a+)+"}], "tasks[0].success[0].url_regex: the group at character 1"),
        ("tasks.0.success", [{"url_regex": "a" * 201}], "tasks[0].success[0].url_regex: is 201 characters long"),
        ("tasks.0.success", [{"url": "basket/"}], 'tasks[0].success[0].url: has to begin with "/"'),
        ("tasks.0.success", [{"click": "a[href"}], 'tasks[0].success[0].click: the bracket "[" at character 2 never'),
        ("tasks.0.failure", [{"visible": ""}], "tasks[0].failure[0].visible: is empty"),
        ("tasks.0.success", [{"text": 5}], "tasks[0].success[0].text: is the number 5 where a text"),
        ("tasks.0.success", [{"url": None}], "tasks[0].success[0].url: is empty (null) where a text"),
        ("tasks.0.success", ["/thanks"], 'tasks[0].success[0]: is no criterion; it needs one key of'),
        ("tasks.0.success", [{}], "tasks[0].success[0]: is empty; a criterion has one key"),
        ("tasks.0.success", [{"url": "/", "click": "a"}], "tasks[0].success[0]: has the keys url, click; a criterion has"),
        ("tasks.0.success", [{"urls": "/"}], 'tasks[0].success[0].urls: is not a kind of criterion; did you mean "url"?'),
        ("tasks.0.success", {"url": "/"}, "tasks[0].success: is a mapping where a list has to stand"),
        ("tasks.0.success", [{"all": []}], "tasks[0].success[0].all: is empty"),
        ("tasks.0.success", [{"all": [{"all": [{"url": "/"}]}]}], "tasks[0].success[0].all[0].all: stands inside all"),
        ("tasks.0.success", [{"all": [{"url_regex": "("}]}], "tasks[0].success[0].all[0].url_regex: the bracket"),
        (
            "tasks.0.success",
            [{"all": [{"answer": {"question": "?", "accept": ["a"]}}]}],
            "tasks[0].success[0].all[0].answer: has no place inside all",
        ),
        ("tasks.0.success", [{"self_report": False}], "tasks[0].success[0].self_report: is false, which says nothing"),
        ("tasks.0.failure", [{"self_report": True}], "tasks[0].failure[0].self_report: makes I'm done count as success"),
        (
            "tasks.0.success",
            [{"self_report": True}, {"answer": {"question": "?", "accept": ["a"]}}],
            "tasks[0].success[0].self_report: goes not together with answer",
        ),
        (
            "tasks.0",
            {**LEAST["tasks"][0], "finish": "auto", "success": [{"answer": {"question": "?", "accept": ["a"]}}]},
            "tasks[0].finish: cannot be auto where answer is the only success criterion",
        ),
        (
            "tasks.0.success",
            [{"answer": {"question": "?", "accept": [9.90]}}],
            "tasks[0].success[0].answer.accept[0]: is the number 9.9 where a text has to stand; put it in quotes",
        ),
        ("tasks.0.success", [{"answer": {"question": "?", "accept": []}}], "tasks[0].success[0].answer.accept: is empty"),
        ("tasks.0.success", [{"answer": {"question": "?"}}], "tasks[0].success[0].answer.accept: is missing"),
        ("tasks.0.success", [{"answer": {"accept": ["a"]}}], "tasks[0].success[0].answer.question: is missing"),
        ("tasks.0.success", [{"answer": "a"}], 'tasks[0].success[0].answer: is the text "a" where answer has to stand'),
        ("tasks.0.search", [{"visible": "a"}], "tasks[0].search[0].visible: cannot tell a search; use url, url_regex"),
        ("tasks.0.first_click", ["a["], 'tasks[0].first_click[0]: the bracket "[" at character 2'),
        ("tasks.0.first_click", ["a", "a"], 'tasks[0].first_click[1]: "a" stands twice'),
        ("tasks.0.allowed", ["catalogue"], 'tasks[0].allowed[0]: has to begin with "/"'),
        ("tasks.0.allowed", "/", 'tasks[0].allowed: is the text "/" where a list has to stand'),
        # the other fields of a task
        ("tasks.0.finish", "manual", 'tasks[0].finish: "manual" is not known; allowed is participant, auto'),
        ("tasks.0.time_limit_s", 0, "tasks[0].time_limit_s: is 0; allowed is 1 to"),
        ("tasks.0.optimal", {"pages": 0}, "tasks[0].optimal.pages: is 0; allowed is 1 to"),
        ("tasks.0.optimal", {"steps": 3}, "tasks[0].optimal.steps: is not a key of the optimal way"),
        ("tasks.0.expert_time_s", -1, "tasks[0].expert_time_s: is -1"),
        ("tasks.0.max_time_s", "2 min", "tasks[0].max_time_s: is the text"),
        ("tasks.0.error_opportunities", 0, "tasks[0].error_opportunities: is 0"),
        # questions
        ("after", ["seq"], 'after[0]: "seq" is asked after a task'),
        ("after", ["suss"], 'after[0]: "suss" is no standard questionnaire; did you mean "sus"?'),
        ("after", ["sus", "sus"], 'after[1]: "sus" stands twice'),
        ("after", [3], "after[0]: is the number 3 where a question has to stand"),
        ("after", [{**SCALE, "key": "sus"}], 'after[0].key: "sus" is the key of a standard questionnaire'),
        ("after", [{**SCALE, "key": "A b"}], 'after[0].key: "A b" is no key'),
        ("after", [SCALE, SCALE], 'after[1].key: "how" is also the key of an earlier question'),
        ("tasks.0.questions", [SCALE, SCALE], 'tasks[0].questions[1].key: "how" is also the key of an earlier question'),
        ("after", [{"key": "a", "type": "open"}], "after[0].text: is missing"),
        ("after", [{"key": "a", "text": "?"}], "after[0].type: is missing"),
        ("after", [{"text": "?", "type": "open"}], "after[0].key: is missing"),
        ("after", [{**SCALE, "type": "likert"}], 'after[0].type: "likert" is not known'),
        ("after", [{"key": "a", "text": "?", "type": "choice"}], "after[0].options: is missing; a choice needs"),
        ("after", [{**CHOICE, "options": []}], "after[0].options: is missing; a choice needs"),
        ("after", [{**CHOICE, "options": [1, "b"]}], "after[0].options[0]: is the number 1 where a text"),
        ("after", [{**CHOICE, "options": ["a", "a"]}], 'after[0].options[1]: "a" stands twice'),
        ("after", [{**SCALE, "options": ["a"]}], "after[0].options: belongs to a choice, and the type is scale"),
        ("after", [{**SCALE, "min": 7, "max": 7}], "after[0].max: is 7; it has to be larger than min"),
        ("after", [{**SCALE, "labels": ["low"]}], "after[0].labels: has 1 texts; it needs two"),
        ("after", [{**SCALE, "labels": "low"}], "after[0].labels: is the text"),
        ("after", [{**CHOICE, "labels": ["a", "b"]}], "after[0].labels: belongs to a scale, and the type is choice"),
        ("after", [{**SCALE, "accept": ["1"]}], "after[0].accept: is not a key of a question"),
        ("screener", [CHOICE], "screener[0].accept: is missing"),
        ("screener", [{**CHOICE, "accept": []}], "screener[0].accept: is empty"),
        ("screener", [{**CHOICE, "accept": ["prize"]}], 'screener[0].accept[0]: "prize" is not among the options of the question; did you mean "price"?'),
        ("screener", [{**SCALE, "accept": ["1" * 5000]}], "screener[0].accept[0]: is the text"),
        ("screener", [{**SCALE, "accept": [8]}], "screener[0].accept[0]: is 8; allowed is 1 to 7"),
        # analysis and redirects
        ("analysis.count_errors", ["js"], 'analysis.count_errors[0]: "js" is not known'),
        ("analysis.dead_click_ms", 499, "analysis.dead_click_ms: is 499; allowed is 500 to 2500"),
        ("analysis.dead_click_ms", 2501, "analysis.dead_click_ms: is 2501; allowed is 500 to 2500"),
        ("analysis.rage_click", {"clicks": 1}, "analysis.rage_click.clicks: is 1"),
        ("redirect.completed", "panel.example", 'redirect.completed: "panel.example" is no http(s) address'),
        ("redirect.completed", "https://panel.example/?id={PID}", "redirect.completed: has {PID}, which stands for nothing"),
        ("redirect.completed", "https://{participant}/", "redirect.completed: has a placeholder in its host"),
        ("redirect.done", "https://panel.example/", "redirect.done: is not a key of the redirect"),
    ],
)  # fmt: skip
def test_one_fault_is_told_once(path: str, value: object, fault: str) -> None:
    [told] = faults_of(study_with(path, value))

    assert str(told).startswith(fault)


def test_all_faults_are_told_at_once() -> None:
    study = study_with("titel", "x")
    study["sites"] = ["https://shop.example/x"]
    answer = {"question": "What does it cost?", "accept": ["9.99"]}
    study["tasks"][0]["success"] = [
        {"url_regex": "(?=a)(b"},
        {"click": "a["},
        {"event": 7},
        {"answer": answer},
        {"self_report": True},
    ]
    study["tasks"][1]["key"] = "one"

    assert [fault.path for fault in faults_of(study)] == [
        "sites[0]",
        "tasks[1].key",
        "tasks[0].success[0].url_regex",
        "tasks[0].success[0].url_regex",
        "tasks[0].success[1].click",
        "tasks[0].success[2].event",
        "tasks[0].success[4].self_report",
        "titel",
    ]


def test_a_question_at_the_door_and_one_at_the_end_share_their_keys() -> None:
    study = study_with("screener", [{**CHOICE, "accept": ["price"]}])
    study["after"] = [CHOICE]

    assert [fault.path for fault in faults_of(study)] == ["after[0].key"]


def test_the_error_reads_as_a_line_a_fault() -> None:
    with pytest.raises(StudyFileError) as raised:
        read_study({"title": "Shop"} | {"sites": [], "quota": 0})

    assert str(raised.value).splitlines() == [
        "sites: is empty; name at least one origin, such as https://shop.example",
        "quota: is 0; allowed is 1 to 1000000",
    ]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["sus", "https://x", "//[", "1" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.sampled_from(["url", "all", "key", "accept", "type"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(mapping=studies().map(to_mapping), value=json_values, data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_study_with_anything_in_any_place_is_read_or_refused(
    mapping: dict[str, Any], value: object, data: st.DataObject
) -> None:
    place: Any = mapping
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not (isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans())):
            break
        place = place[key]
    place[key] = value

    try:
        read = isinstance(read_study(mapping), StudySpec)
    except StudyFileError as error:
        read = len({str(fault) for fault in error.faults}) == len(error.faults) > 0

    assert read
