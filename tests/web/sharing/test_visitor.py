from __future__ import annotations

import datetime as dt
import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_study, now, sign_in
from tests.measured import make_answers, make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, PASSWORD, make_link, stranger
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.errors import Gone
from usabtest.housekeeping import purge
from usabtest.participation import actions as participation
from usabtest.sharing.access import open_share
from usabtest.sharing.models import KeptFace, Share
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

SLACK = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"
TEAMS = "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com"
WHATSAPP = "WhatsApp/2.23.20.0 A"
FACEBOOK = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"


@pytest.fixture
def study(alice: User) -> Study:
    study = make_study(alice, **FULL)
    make_people(study, 12)
    return study


def refreshed(share: Share) -> Share:
    db.session.refresh(share)
    return share


def test_it_works(app: Flask, study: Study) -> None:
    link = make_link(study, *EVERYTHING)

    answer = stranger(app).get(link.path)

    assert answer.status_code == 200
    assert "Shared report, open until " in answer.text
    assert "Shop checkout, round 2" in answer.text
    for task in study.spec.tasks:
        assert task.title in answer.text
    assert "P-04" in answer.text
    assert "There are no replays of this study" in answer.text
    assert "Pointed to the field" in answer.text
    assert "Alice" not in answer.text


def test_no_link_in_it_needs_an_account(app: Flask, study: Study) -> None:
    client = stranger(app)
    link = make_link(study, *EVERYTHING)
    page = client.get(link.path).text

    addresses = {address.partition("#")[0] for address in re.findall(r'(?:href|src|action)="([^"]+)"', page)} - {""}

    assert addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address
        assert "/studies/" not in address


def test_it_is_kept_from_search_engines_and_tells_nobody_where_it_is(app: Flask, study: Study) -> None:
    headers = stranger(app).get(make_link(study).path).headers

    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers


def test_a_live_link_follows_the_data(app: Flask, study: Study) -> None:
    link = make_link(study, "overview")
    assert "12 people" in stranger(app).get(link.path).text

    make_people(study, 3, seed=9)

    assert "15 people" in stranger(app).get(link.path).text


def test_a_live_link_keeps_to_its_filters(app: Flask, study: Study) -> None:
    phones = sum(1 for person in make_people(study, 6) if person.device == "phone")
    everybody = make_link(study, "overview", filters={"device": ["phone", "desktop"]})
    link = make_link(study, "overview", filters={"device": "phone", "from": "2020-01-01"})

    page = stranger(app).get(link.path).text

    assert phones
    assert "18 people" in stranger(app).get(everybody.path).text
    assert "18 people" not in page
    assert " · Device: phone · From 1 January 2020" in page


GROUPS = {"a.device": "phone", "b.device": "desktop"}


def test_it_compares_what_was_chosen(app: Flask, study: Study, alice: User) -> None:
    before = make_study(alice, **{**FULL, "key": "before", "title": "Shop checkout, round 1"})
    make_people(before, 4, seed=2)
    with transaction():
        studies_actions.set_previous(study, before)

    usual = stranger(app).get(make_link(study, "compare").path).text
    groups = stranger(app).get(make_link(study, "compare", comparison=GROUPS).path).text
    benchmarks = stranger(app).get(make_link(study, "compare", comparison={"benchmarks": "1"}).path).text

    assert "Round 1, 4 people" in usual
    assert "Device: phone, " in groups
    assert "Device: desktop, " in groups
    assert "Round 1" not in groups
    assert "</svg>Benchmark" in benchmarks


def test_a_comparison_with_a_study_that_is_gone_says_so_and_a_frozen_one_stays(
    app: Flask, study: Study, alice: User
) -> None:
    other = make_study(alice, **{**FULL, "key": "other", "title": "The other shop"})
    make_people(other, 4, seed=2)
    live = make_link(study, "compare", comparison={"with": "other"})
    frozen = make_link(study, "compare", comparison={"with": "other"}, frozen=True)
    assert "The other shop, 4 people" in stranger(app).get(live.path).text

    with transaction():
        studies_actions.delete(other)

    assert "cannot be read any more" in stranger(app).get(live.path).text
    assert "The other shop, 4 people" in stranger(app).get(frozen.path).text


def test_a_frozen_link_never_changes(app: Flask, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    link = make_link(study, *EVERYTHING, frozen=True)
    client = stranger(app)
    before = client.get(link.path).data
    files = sorted(set(re.findall(rf'"(?:http://[^/"]+)?({link.path}/[^"]+)"', before.decode())))
    kept = {name: client.get(name).data for name in files}
    assert [name.rpartition("/")[2] for name in files] == [
        *("preview.png", "report.pdf", "shared.css", "shared.js", "summary.pdf")
    ]

    [first, *_] = make_people(study, 3, seed=9)
    with transaction():
        participation.delete_participant(first)
        study.title = "Another title"
    monkeypatch.setattr("usabtest.__version__", "99")
    monkeypatch.setattr("usabtest.sharing.freeze.shared_styles", str)

    assert client.get(link.path).data == before
    assert {name: client.get(name).data for name in files} == kept
    assert client.get(f"{link.path}/popover.js").status_code == 200
    assert client.get(f"{link.path}/page.html").status_code == 404


def test_the_database_does_not_hold_what_opens_a_link(study: Study) -> None:
    link = make_link(study, *EVERYTHING, frozen=True)
    token = link.path.removeprefix("/r/").encode()

    dump = "\n".join(db.session.connection().connection.driver_connection.iterdump())  # type: ignore[union-attr]

    assert token.decode() not in dump
    assert token.hex().upper() not in dump


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("name", [SLACK, TEAMS, WHATSAPP, FACEBOOK])
def test_a_chat_tool_that_fetches_it_is_no_visit(app: Flask, study: Study, name: str, frozen: bool) -> None:
    link = make_link(study, "cx", frozen=frozen)

    page = stranger(app).get(link.path, headers={"User-Agent": name}).text

    assert refreshed(link.share).visits == 0
    assert '<meta property="og:title" content="Shop checkout, round 2">' in page
    [picture] = re.findall(r'<meta property="og:image" content="http://[^/]+([^"]+)">', page)
    assert stranger(app).get(picture, headers={"User-Agent": name}).mimetype == "image/png"


def test_a_browser_that_fetches_it_in_advance_is_no_visit(app: Flask, study: Study) -> None:
    link = make_link(study, "cx")

    stranger(app).get(link.path, headers={"Sec-Purpose": "prefetch;prerender"})

    assert refreshed(link.share).visits == 0


def test_a_visit_is_a_look_at_the_page(app: Flask, study: Study) -> None:
    link = make_link(study, "overview", frozen=True)
    client = stranger(app)

    client.head(link.path)
    client.get(f"{link.path}/preview.png")
    client.get(f"{link.path}/shared.css")
    assert refreshed(link.share).visits == 0
    assert link.share.last_visit_at is None

    client.get(link.path)
    client.get(link.path)
    assert refreshed(link.share).visits == 2
    assert link.share.last_visit_at is not None
    assert now() - link.share.last_visit_at < dt.timedelta(minutes=1)


def test_a_link_that_has_ended_says_when_and_whom_to_ask(app: Flask, study: Study) -> None:
    named, nameless = make_link(study, shows_maker=True), make_link(study, frozen=True)
    ends = named.share.expires_at
    assert ends - named.share.created_at == dt.timedelta(days=30)
    token = named.path.removeprefix("/r/")
    assert open_share(token, now=ends - dt.timedelta(seconds=1)).id == named.share.id

    with pytest.raises(Gone) as told:
        open_share(token, now=ends)

    assert str(told.value) == f"This link ended on {ends.day} {ends:%B}. Ask Alice for a new one."
    with transaction():
        for link in (named, nameless):
            link.share.expires_at = now() - dt.timedelta(days=1)
    answer = stranger(app).get(named.path)
    assert answer.status_code == 410
    assert "Ask Alice for a new one." in answer.text
    assert "Shop checkout" not in answer.text
    assert "Ask whoever gave it to you for a new one." in stranger(app).get(nameless.path).text
    for file in ("preview.png", "shared.css"):
        assert stranger(app).get(f"{nameless.path}/{file}").status_code == 410


def test_what_an_ended_link_kept_is_forgotten(study: Study) -> None:
    over, good_id = make_link(study, frozen=True).share, make_link(study, frozen=True).share.id
    with transaction():
        over.expires_at = now() - dt.timedelta(days=1)

    purge(now())

    assert set(db.session.scalars(db.select(KeptFace.share_id))) == {good_id}


def test_a_revoked_link_looks_like_one_that_never_was(app: Flask, client: FlaskClient, study: Study) -> None:
    link = make_link(study, frozen=True, shows_maker=True)
    sign_in(client, study.owner)
    client.post(f"/studies/{study.key}/shares/{link.share.id}/revoke")

    for file in ("", "/preview.png", "/shared.css"):
        revoked = stranger(app).get(f"{link.path}{file}")
        unknown = stranger(app).get(f"/r/AAAAAAAAAAAAAAAAAAAAAA{file}")
        assert revoked.status_code == unknown.status_code == 404
        assert revoked.data == unknown.data
    assert db.session.scalar(db.select(db.func.count()).select_from(KeptFace)) == 0


@pytest.mark.parametrize("token", ["%00", "%ff", "x" * 5000, "the-token-of-this-link", "."])
def test_strange_tokens(app: Flask, token: str) -> None:
    assert stranger(app).get(f"/r/{token}").status_code in {400, 404}


def test_chat_tools_are_told_the_title_and_get_a_picture(app: Flask, study: Study) -> None:
    link = make_link(study, "overview")
    client = stranger(app)

    told = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', client.get(link.path).text))

    assert told["og:title"] == "Shop checkout, round 2"
    assert "managed it" in told["og:description"]
    assert told["og:image"] == f"http://localhost{link.path}/preview.png"
    picture = client.get(f"{link.path}/preview.png")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert int.from_bytes(picture.data[16:20]) == int(told["og:image:width"]) == 1200
    assert int.from_bytes(picture.data[20:24]) == int(told["og:image:height"]) == 630


def test_chat_tools_are_told_no_result_where_none_is_shown(app: Flask, study: Study) -> None:
    page = stranger(app).get(make_link(study, "replays").path).text

    assert "og:description" not in page
    assert "managed" not in page


@pytest.mark.parametrize("frozen", [False, True])
def test_it_weighs_little(app: Flask, study: Study, frozen: bool) -> None:
    link = make_link(study, *EVERYTHING, frozen=frozen)
    client = stranger(app)
    page = client.get(link.path)
    files = re.findall(r'<(?:link|script)[^>]* (?:href|src)="(/[^"]+)"', page.text)

    weight = len(page.data) + sum(len(client.get(file).data) for file in files)

    assert weight < 300_000


def test_it_weighs_little_though_people_wrote_much(app: Flask, alice: User) -> None:
    questions = [{"key": f"q{n}", "text": f"Question {n}?", "type": "open"} for n in range(8)]
    study = make_study(alice, **{**FULL, "after": questions})
    for person in make_people(study, 12):
        make_answers(person, {f"q{n}": "&" * 900 + "é" * 1100 for n in range(8)})

    page = stranger(app).get(make_link(study, "overview", "free_text").path)

    assert len(page.data) < 200_000
    assert page.text.count("And 11 more.") == 8


def test_it_is_sent_packed_to_whoever_can_unpack_it(app: Flask, study: Study) -> None:
    link = make_link(study, *EVERYTHING, frozen=True)

    packed = stranger(app).get(link.path, headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == stranger(app).get(link.path).data


def test_nobody_has_taken_part_yet(app: Flask, alice: User) -> None:
    empty = make_study(alice)

    for frozen in (False, True):
        page = stranger(app).get(make_link(empty, *EVERYTHING, frozen=frozen).path).text
        assert "Nobody has taken part yet" in page


def test_it_can_be_read_while_the_database_takes_no_writes(app: Flask, study: Study) -> None:
    link = make_link(study, "overview", password=None)
    with app.app_context():
        db.session.execute(db.text("PRAGMA query_only = ON"))
        assert app.test_client().get(link.path).status_code == 200
        db.session.execute(db.text("PRAGMA query_only = OFF"))


def test_a_password_is_asked_for_before_anything_is_told(app: Flask, study: Study) -> None:
    link = make_link(study, "overview", password=PASSWORD, shows_maker=True)

    page = stranger(app).get(link.path).text

    assert '<meta property="og:title" content="A shared report">' in page
    for told in ("Shop checkout", "12 people", "managed", "Alice", "og:description"):
        assert told not in page
    assert refreshed(link.share).visits == 0


def test_it_compares_with_the_round_before_as_far_as_its_maker_may(app: Flask, alice: User, charlie: User) -> None:
    theirs, mine = make_study(charlie, title="Their first round"), make_study(alice, title="My first round")
    study = make_study(alice)
    for each in (theirs, mine, study):
        make_people(each, 3)
    link = make_link(study, "compare", "cx")
    assert "Benchmark" in stranger(app).get(link.path).text

    with transaction():
        study.previous_id = theirs.id
    assert "Their first round" not in stranger(app).get(link.path).text

    with transaction():
        study.previous_id = mine.id
    assert "What changed since <bdi>My first round</bdi>" in stranger(app).get(link.path).text
    assert "Benchmark" not in stranger(app).get(link.path).text
