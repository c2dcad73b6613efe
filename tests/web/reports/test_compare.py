"""Comparing on a page: what its address means, who may, and what is said before anything is shown."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.crowd import make_crowd
from tests.factories import make_participant, make_study, now, sign_in
from tests.measured import make_measured, make_sus
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.conclusions.actions import set_benchmarks
from usabtest.conclusions.benchmarks import Benchmarks
from usabtest.conclusions.queries import benchmarks_of
from usabtest.db import db, transaction
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

COMPARE = "/studies/shop-checkout/compare"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, **FULL)


@pytest.fixture
def earlier(alice: User, study: Study) -> Study:
    """The round before, with the same tasks."""
    found = make_study(alice, **{**FULL, "key": "round-1", "title": "Shop checkout"})
    with transaction():
        studies_actions.set_previous(study, found)
    return found


@pytest.fixture
def signed_in(client: FlaskClient, alice: User) -> FlaskClient:
    sign_in(client, alice)
    return client


def shown(client: FlaskClient, address: str) -> str:
    """What a page says, without its tags."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def succeed(study: Study, successes: int, n: int, **values: object) -> None:
    for place in range(n):
        person = make_participant(study, **values)
        make_measured(person, outcome="success" if place < successes else "failure", time_s=60 + place)


def test_it_begins_with_the_round_before(signed_in: FlaskClient, study: Study, earlier: Study) -> None:
    succeed(earlier, 4, 14)
    succeed(study, 5, 12)

    text = shown(signed_in, COMPARE)

    assert "Same tasks, criteria, limits and questions in both rounds." in text
    assert "Too few people to tell whether anything has changed since round 1." in text
    assert "Round 1, 14 people" in text
    assert "Round 2, 12 people" in text
    assert "+13 points (−23 to +46) Too few people to tell" in text
    assert "N−1 two-proportion test" in text
    assert "Intervals are not adjusted for the number of comparisons." in text


def test_a_real_change_is_told_first(signed_in: FlaskClient, study: Study, earlier: Study) -> None:
    for one, points in ((earlier, [3, 3]), (study, [5, 1])):
        for place in range(8):
            person = make_participant(one)
            make_measured(person)
            make_sus(person, [points[0] - (place % 2), points[1]] * 5)

    text = shown(signed_in, COMPARE)

    assert "People find it easier to use than in round 1:" in text
    assert "points up on the usability score (SUS)." in text
    assert "a real rise" in text
    assert "Welch t, p = < 0.001" not in text


def test_it_looks_the_same_from_the_round_before(signed_in: FlaskClient, study: Study, earlier: Study) -> None:
    succeed(earlier, 4, 14)
    succeed(study, 5, 12)

    assert "+13 points (−23 to +46)" in shown(signed_in, "/studies/round-1/compare?with=shop-checkout")


def test_without_a_round_before_it_is_held_against_the_offered_benchmarks(signed_in: FlaskClient, study: Study) -> None:
    succeed(study, 5, 12)

    text = shown(signed_in, COMPARE)

    assert "Benchmarks the offered ones" in text
    assert "Benchmark: 78 %" in text
    assert "Distance from the benchmark" in text
    assert "p of beating it, one-sided" in text


def test_rounds_with_other_tasks_say_so_first(signed_in: FlaskClient, study: Study, alice: User) -> None:
    tasks = [{**FULL["tasks"][0], "time_limit_s": 60}, *FULL["tasks"][1:]]
    other = make_study(alice, **{**FULL, "key": "other", "title": "Other shop", "tasks": tasks, "after": ["nps"]})
    succeed(other, 4, 14)
    succeed(study, 5, 12)

    text = shown(signed_in, f"{COMPARE}?with=other")

    said = "“Find a book as a present”: its time limit is not the same. No difference is drawn for it."
    assert text.index("Not everything here can be compared.") < text.index(said) < text.index("Finished without help")
    assert "Not compared: its time limit is not the same" in text
    assert "Not compared: it was asked on one side only" in text


def test_two_groups_of_one_study_are_exploratory(signed_in: FlaskClient, study: Study) -> None:
    succeed(study, 1, 2, device="phone")
    succeed(study, 5, 6, device="desktop")

    text = shown(signed_in, f"{COMPARE}?a.device=phone&b.device=desktop")

    assert "Exploratory. These groups were not named before the test" in text
    assert "Device: phone, 2 people" in text
    assert "Not compared: fewer than 3 people on a side" in text
    assert "1 of 2" not in text


def test_filters_shape_both_sides(signed_in: FlaskClient, study: Study, earlier: Study) -> None:
    succeed(earlier, 4, 6, device="phone")
    succeed(earlier, 0, 3, device="desktop")
    succeed(study, 5, 7, device="phone")
    succeed(study, 0, 2, device="desktop")

    text = shown(signed_in, f"{COMPARE}?device=phone")
    page = signed_in.get(f"{COMPARE}?device=phone&with=round-1").text

    assert "4 of 6" in text
    assert "5 of 7" in text
    assert f'href="{COMPARE}?with=round-1"' in page
    assert 'data-printed="Round 1 (Device: phone), 6 people · Round 2 (Device: phone), 7 people · ' in page


def test_the_same_people_on_both_sides_are_asked_to_be_chosen_apart(signed_in: FlaskClient, study: Study) -> None:
    assert "Both sides are the same people." in shown(signed_in, f"{COMPARE}?with=shop-checkout")


def test_nobody_and_one_person_have_a_page(signed_in: FlaskClient, study: Study, earlier: Study) -> None:
    page = signed_in.get(COMPARE).text
    assert "Nothing can be compared yet" in page
    assert 'class="button "' in page.partition(">Share comparison<")[0].rpartition("<a ")[2]
    succeed(study, 1, 1)
    assert "Nothing can be compared yet" in shown(signed_in, COMPARE)
    assert shown(signed_in, f"{COMPARE}?benchmarks=1")


ASKED_AFTER = ("sus", "nps", "csat", "ces", "umux_lite")


@pytest.fixture
def two_shops(alice: User) -> Study:
    """The second of two studies that asked everything after the test."""
    made = [make_study(alice, **{**FULL, "key": key, "title": key, "after": ASKED_AFTER}) for key in ("one", "two")]
    for study in made:
        make_crowd(study, 10, seed=study.id)
    return made[1]


def test_all_measures_have_their_place(signed_in: FlaskClient, two_shops: Study) -> None:
    text = shown(signed_in, "/studies/two/compare?with=one")

    for heading in (
        "How usable it felt",
        "Finished without help",
        "Time of those who finished",
        "Ran into errors",
        "Asked after",
    ):
        assert heading in text
    for heading in (
        "First click in the right place",
        "Gave up or left",
        "Clicks of those who finished",
        "Lostness",
        "Felt easy",
    ):
        assert heading in text


@pytest.mark.parametrize("beside", ["with=one", "benchmarks=1"])
def test_no_word_of_statistics_stands_without_what_it_means(
    signed_in: FlaskClient, two_shops: Study, beside: str
) -> None:
    page = signed_in.get(f"/studies/two/compare?{beside}").text

    explained = re.findall(r'<button class="explain" popovertarget="([^"]+)">(.*?)</button>', page)
    said = dict(re.findall(r'<span class="popover" id="([^"]+)" popover>([^<]+)</span>', page))
    words = {word.partition(": ")[2] or word for _, word in explained}
    assert {address for address, _ in explained} == said.keys()
    assert len(set(said.values())) == len(said)
    assert {"SUS", "p", "after Holm", "n", "Statistic", "df", "Change", "Test"} <= words
    if beside == "with=one":
        assert {"UMUX-Lite", "Would recommend", "Satisfied", "Made it easy", "likely", "Effect size"} <= words
        assert {"Welch t", "Welch t on logarithms", "z of adjusted net scores", "adjusted Wald for net scores"} <= words
    else:
        assert {"Likely", "binomial test, mid-p, two-sided", "one-sample t", "p of beating it, one-sided"} <= words


@pytest.mark.parametrize("beside", ["with=one&device=phone&device=desktop&device=tablet", "benchmarks=1"])
def test_behind_each_drawing_is_a_file_with_its_numbers(signed_in: FlaskClient, two_shops: Study, beside: str) -> None:
    page = signed_in.get(f"/studies/two/compare?{beside}").text

    tables = page.count("Show as table")
    addresses = [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+\.csv[^"]*)"', page)]
    answers = [signed_in.get(address) for address in addresses]
    files = [list(csv.DictReader(io.StringIO(answer.text))) for answer in answers]
    success = next(rows for rows in files if rows[0]["Measure"] == "Finished without help")
    assert tables == len(files) > 1
    assert [row["What"] for row in success] == [task["title"] for task in FULL["tasks"]]
    assert all(row["In words"] for rows in files for row in rows)
    of_whom = ", ".join(re.findall(r", (\d+) people</li>", page.partition("side-legend")[2].partition("</ul>")[0]))
    compared = ("benchmarks, two", "none") if beside == "benchmarks=1" else ("one, two", beside.partition("&")[2])
    for told in (answer.headers for answer in answers):
        assert (told["Usabtest-Compared"], told["Usabtest-Filters"], told["Usabtest-People"]) == (*compared, of_whom)
        assert told["Usabtest-Checksum"].count(", ") == of_whom.count(", ")
        for part in (told["Usabtest-Generated"][:10], told["Usabtest-Checksum"].replace(", ", "-")):
            assert part in told["Content-Disposition"]
    if beside == "benchmarks=1":
        assert float(success[0]["Benchmark"]) == 78
        assert float(success[0]["Change"]) == pytest.approx(float(success[0]["This study: seen"]) - 78)
    else:
        assert float(success[0]["Change"]) == pytest.approx(
            float(success[0]["two: seen"]) - float(success[0]["one: seen"])
        )


def test_groups_too_small_to_be_shown_are_in_no_file(signed_in: FlaskClient, study: Study) -> None:
    succeed(study, 1, 2, device="phone")
    succeed(study, 5, 6, device="desktop")

    file = signed_in.get("/studies/shop-checkout/compare/success.csv?a.device=phone&b.device=desktop").text
    first = next(csv.DictReader(io.StringIO(file)))

    assert first["Device: phone: n"] == first["Device: phone: seen"] == ""
    assert first["Device: desktop: n"] == "6"
    assert first["In words"] == "Not compared: fewer than 3 people on a side"


def test_a_questionnaire_that_nobody_answered_says_so(signed_in: FlaskClient, alice: User) -> None:
    for key in ("one", "two"):
        succeed(make_study(alice, **{**FULL, "key": key, "title": key, "after": ["csat", "ces"]}), 5, 6)

    text = shown(signed_in, "/studies/two/compare?with=one")

    assert text.count("Nobody answered on one side, so there is nothing to compare") == 2


def test_an_unknown_filter_is_refused(signed_in: FlaskClient, study: Study) -> None:
    assert signed_in.get(f"{COMPARE}?a.nothing=1").status_code == 422


def test_hostile_titles_are_harmless(signed_in: FlaskClient, study: Study, alice: User) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    tasks = [{**FULL["tasks"][0], "title": bad}]
    other = make_study(alice, **{**FULL, "key": "other", "title": bad, "tasks": tasks})
    succeed(other, 4, 14)

    page = signed_in.get(f"{COMPARE}?with=other&a.attr.x={bad}").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


class TestAccess:
    def test_the_other_study_must_be_readable(
        self, client: FlaskClient, study: Study, earlier: Study, bob: User, charlie: User
    ) -> None:
        with transaction():
            studies_actions.add_member(study, bob, now=now())
        sign_in(client, bob)

        assert client.get(f"{COMPARE}?with=round-1").status_code == 404
        assert client.get(f"{COMPARE}?with=nothing").status_code == 404
        assert client.get(f"{COMPARE}/success.csv?with=round-1").status_code == 404
        page = client.get(COMPARE)
        assert page.status_code == 200
        assert "round-1" not in page.text
        sign_in(client, charlie)
        assert client.get(COMPARE).status_code == 404
        assert client.get(f"{COMPARE}/success.csv").status_code == 404

    def test_an_observer_compares_and_sets_nothing(
        self, client: FlaskClient, study: Study, earlier: Study, olive: User
    ) -> None:
        with transaction():
            studies_actions.add_member(study, olive, now=now())
            studies_actions.add_member(earlier, olive, now=now())
        sign_in(client, olive)

        page = client.get(f"{COMPARE}?with=round-1")

        assert page.status_code == 200
        assert "Set the benchmarks" not in page.text
        assert client.get("/studies/shop-checkout/benchmarks").status_code == 403
        assert client.post("/studies/shop-checkout/previous", data={"previous": ""}).status_code == 403


class TestTheRoundBefore:
    def test_it_is_remembered_and_forgotten(self, signed_in: FlaskClient, study: Study, alice: User) -> None:
        other = make_study(alice, **{**FULL, "key": "other"})
        assert "Remember as the round before" in signed_in.get(f"{COMPARE}?with=other").text

        signed_in.post("/studies/shop-checkout/previous", data={"previous": "other"})

        db.session.refresh(study)
        assert study.previous_id == other.id
        assert "Remember as the round before" not in signed_in.get(COMPARE).text
        signed_in.post("/studies/shop-checkout/previous", data={"previous": ""})
        db.session.refresh(study)
        assert study.previous_id is None

    def test_a_round_cannot_come_before_itself(self, signed_in: FlaskClient, study: Study, earlier: Study) -> None:
        assert signed_in.post("/studies/round-1/previous", data={"previous": "shop-checkout"}).status_code == 409
        assert signed_in.post("/studies/round-1/previous", data={"previous": "round-1"}).status_code == 409

    def test_it_must_be_readable(self, client: FlaskClient, study: Study, charlie: User, alice: User) -> None:
        make_study(charlie, **{**FULL, "key": "foreign"})
        sign_in(client, alice)

        assert client.post("/studies/shop-checkout/previous", data={"previous": "foreign"}).status_code == 404


class TestBenchmarks:
    ADDRESS = "/studies/shop-checkout/benchmarks"

    def test_the_offered_ones_stand_in_the_form(self, signed_in: FlaskClient, study: Study) -> None:
        page = signed_in.get(self.ADDRESS).text

        assert 'name="success" value="78"' in page
        assert 'name="sus" value="68"' in page
        assert 'name="csat"' not in page

    def test_others_are_set(self, signed_in: FlaskClient, study: Study) -> None:
        sent = {"success": "90", "seq": "5,5", "sus": "", "nps": "−10", "time-find-book": "45"}

        answer = signed_in.post(self.ADDRESS, data=sent)

        assert answer.headers["Location"].endswith(f"{COMPARE}?benchmarks=1")
        assert benchmarks_of(study) == Benchmarks(success=0.9, seq=5.5, sus=None, nps=-10, times_s={"find-book": 45})
        succeed(study, 5, 12)
        text = shown(signed_in, COMPARE)
        assert "Benchmarks set by the moderator" in text
        assert "Benchmark: 90 %" in text
        assert "Benchmark: 45 s" in text

    @pytest.mark.parametrize(
        ("name", "value"), [("success", "101"), ("sus", "many"), ("nps", "-101"), ("time-pay", "0"), ("sus", "nan")]
    )
    def test_what_cannot_be_is_refused_and_kept_in_the_form(
        self, signed_in: FlaskClient, study: Study, name: str, value: str
    ) -> None:
        answer = signed_in.post(self.ADDRESS, data={"success": "50", name: value})

        assert answer.status_code == 422
        assert "One thing to mend" in answer.text
        assert f'value="{value}"' in answer.text
        assert benchmarks_of(study) == Benchmarks()

    def test_none_is_a_choice(self, signed_in: FlaskClient, study: Study, alice: User) -> None:
        succeed(study, 5, 12)
        with transaction():
            set_benchmarks(study, Benchmarks(success=None, sus=None), by=alice, now=now())

        assert "no benchmark is set" in shown(signed_in, COMPARE)
