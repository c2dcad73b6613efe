"""What was not chosen is nowhere: not in the page, not in its files, not in what chat tools are told."""

from __future__ import annotations

import io
import itertools

import pypdf
import pytest
from flask import Flask

from tests.factories import make_participant, make_study, now
from tests.measured import make_answers, make_measured, make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, Link, make_link, stranger
from usabtest.accounts.models import User
from usabtest.db import transaction
from usabtest.participation import actions as participation
from usabtest.participation.models import Participant
from usabtest.sharing.files import file_names
from usabtest.sharing.page import shared_report
from usabtest.sharing.view import view_of
from usabtest.studies import actions as studies
from usabtest.studies.actions import Invitee
from usabtest.studies.models import Study
from usabtest.studies.queries import invitations_of

OWN = {
    "after": [
        "sus",
        "nps",
        {"key": "change", "text": "What would you change?", "type": "open"},
        {"key": "how", "text": "How did you hear of us?", "type": "choice", "options": ["Press"], "other": True},
    ]
}
OF_PEOPLE = ("P-01", "P-02", "P-03", "panel-4711", "Mrs Ottershaw", "canary-attribute")
WRITTEN = ("canary-open-answer", "canary-other-answer", "canary-task-answer", "canary-judged", "canary-left-out")
# Who somebody is outside, and at which address anybody could take part.
NEVER = ("panel-4711", "key-canary")


@pytest.fixture
def study(alice: User) -> Study:
    tasks = [
        {**FULL["tasks"][0], "questions": ["seq", {"key": "own", "text": "What decided?", "type": "open"}]},
        *FULL["tasks"][1:],
    ]
    study = make_study(alice, **{**FULL, **OWN, "tasks": tasks, "key": "key-canary"})
    people = make_people(study, 3)
    with transaction():
        studies.invite(study, [Invitee("Mrs Ottershaw")], now=now())
    [invitation] = invitations_of(study)
    with transaction():
        for person in people:
            person.external_id = f"panel-471{person.number}"
            person.invitation_id = invitation.id
            person.attributes = {"plan": "canary-attribute"}
    make_answers(people[0], {"change": "canary-open-answer", "how": "canary-other-answer"})
    make_answers(people[0], {"own": "canary-task-answer"}, attempt=0, task_key="find-book")
    newcomer = make_people(study, 1, seed=8)[0]
    leave_out(newcomer, alice)
    return study


def leave_out(participant: Participant, by: User) -> None:
    with transaction():
        participation.exclude(participant, "canary-left-out", by=by, now=now())


def judge(study: Study) -> None:
    person = make_participant(study, status="completed")
    make_measured(person, task_key="pay", outcome="failure", judged=("failure", "canary-judged"))


def everything_told(app: Flask, link: Link) -> str:
    """The page, its text files and what chat tools show, as one text."""
    client = stranger(app)
    page = client.get(link.path).text
    files = [client.get(f"{link.path}/{name}").text for name in ("shared.css", "shared.js")]
    pdfs = [client.get(f"{link.path}/{name}").data for name in file_names(link.share.sections)]
    preview = shared_report(view_of(link.share), now=now()).preview
    # A column's code is parted: what everybody's begins with is only read out.
    page = page.replace('<span class="visually-hidden">P-</span>', "P-")
    return "\n".join([page, *files, *map(text_of, pdfs), preview.title, preview.sentence])


def text_of(pdf: bytes) -> str:
    """What a PDF says, and what it says of itself."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])


def found(told: str, canaries: tuple[str, ...]) -> list[str]:
    return [canary for canary in canaries if canary in told]


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize(("people", "words"), [*itertools.product([False, True], repeat=2)])
def test_people_and_their_words(app: Flask, study: Study, people: bool, words: bool, frozen: bool) -> None:
    judge(study)
    sections = [one for one in EVERYTHING if one not in {"participants", "free_text"}]
    sections += ["participants"] * people + ["free_text"] * words
    told = everything_told(app, make_link(study, *sections, frozen=frozen))

    assert found(told, NEVER) == []
    assert bool(found(told, OF_PEOPLE[:3])) == people
    assert bool(found(told, WRITTEN)) == words
    if words:
        assert found(told, WRITTEN[:3]) == list(WRITTEN[:3])


@pytest.mark.parametrize("section", EVERYTHING)
def test_each_part_alone(app: Flask, study: Study, section: str) -> None:
    told = everything_told(app, make_link(study, section))

    assert bool(found(told, OF_PEOPLE[:3])) == (section == "participants")
    assert bool(found(told, WRITTEN[:3])) == (section == "free_text")
    assert ("Tasks, most in need of attention first" in told) == (section == "overview")
    assert ("How the 3 attempts ended" in told) == (section == "tasks")
    assert ("There are no replays" in told) == (section == "replays")


def test_a_group_or_attribute_that_people_were_chosen_by_may_be_a_name(app: Flask, study: Study) -> None:
    filters = {"group": "Mrs Ottershaw", "attr.plan": "canary-attribute", "device": ["desktop", "phone"]}

    nameless = everything_told(app, make_link(study, "overview", filters=filters))
    named = everything_told(app, make_link(study, "overview", "participants", filters=filters))

    assert found(nameless, ("Mrs Ottershaw", "canary-attribute")) == []
    assert "Group: not named here" in nameless
    assert "plan: not named here" in nameless
    assert found(named, ("Mrs Ottershaw", "canary-attribute")) == ["Mrs Ottershaw", "canary-attribute"]


def test_a_group_that_is_compared_may_be_a_name(app: Flask, study: Study) -> None:
    sides = {"a.group": "Mrs Ottershaw", "b.attr.plan": "canary-attribute"}

    nameless = everything_told(app, make_link(study, "compare", comparison=sides))
    named = everything_told(app, make_link(study, "compare", "participants", comparison=sides))

    assert found(nameless, ("Mrs Ottershaw", "canary-attribute")) == []
    assert "Group A, 3 people" in nameless
    assert found(named, ("Mrs Ottershaw", "canary-attribute")) == ["Mrs Ottershaw", "canary-attribute"]


def test_how_many_were_left_out_is_told_without_whom_and_why(app: Flask, study: Study) -> None:
    nameless = everything_told(app, make_link(study, "overview"))
    named = everything_told(app, make_link(study, "overview", "participants"))
    everything = everything_told(app, make_link(study, "overview", "participants", "free_text"))

    assert "1 participant left out." in nameless
    assert "1 participant left out: P-04." in named
    assert "1 participant left out: P-04, canary-left-out." in everything


XSS = "</title><script>alert('usabtest')</script><img src=x onerror=alert(1)>\"'"


def test_markup_in_any_text_stays_text(app: Flask, alice: User) -> None:
    tasks = [{**task, "title": f"{XSS}{n}", "scenario": XSS} for n, task in enumerate(FULL["tasks"])]
    after = [{"key": "own", "text": XSS, "type": "open"}]
    study = make_study(alice, **{**FULL, "title": XSS, "tasks": tasks, "after": after})
    with transaction():
        alice.name = XSS
    [person, *_] = make_people(study, 2)
    make_answers(person, {"own": XSS})
    link = make_link(study, *EVERYTHING, label=XSS, shows_maker=True, filters={"device": ["phone", "desktop", XSS]})

    page = stranger(app).get(link.path).text

    assert "<script>" not in page
    assert "onerror=alert(1)>" not in page
    assert page.count("&lt;script&gt;alert(") >= 6
    assert stranger(app).get(f"{link.path}/preview.png").status_code == 200
