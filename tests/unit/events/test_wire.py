"""Bytes become a batch, or a sentence that says why not."""

import base64
import json
import math
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usabtest.events.types import PAYLOADS, as_item
from usabtest.events.wire import BATCH_BYTES, Batch, WireError, decode, is_deflated, token_in

GOLDEN = sorted((Path(__file__).parents[2] / "wire" / "batches").glob("*.json"))
ENVELOPE = {
    "v": 1,
    "k": "TOKEN",
    "s": "k3j9x2m4q8",
    "n": 0,
    "f": 0,
    "t": 1767225600000,
    "d": 0,
    "z": 0,
    "w": ["https://shop.example/"],
    "e": [],
}


def body(**changed: object) -> bytes:
    return json.dumps(ENVELOPE | changed).encode()


def rows(batch: Batch) -> list[dict[str, object]]:
    return [
        {
            "stream": event.stream,
            "ordinal": event.ordinal,
            "at_ms": event.at_ms,
            "attempt": event.attempt,
            "page": event.page,
            **as_item(event),
        }
        for event in batch.events
    ]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_it_reads_the_golden_batches(path: Path) -> None:
    golden = json.loads(path.read_text())
    sent = "\n".join(golden["lines"]).encode() if "lines" in golden else json.dumps(golden["batch"]).encode()

    if golden.get("refused"):
        with pytest.raises(WireError):
            decode(sent)
    else:
        batch = decode(sent)
        assert rows(batch) == golden["events"]
        assert batch.malformed == golden["malformed"]
        assert batch.sent == len(golden["events"]) + golden["malformed"]
        assert decode(zlib.compress(sent)) == batch
        assert token_in(sent) == batch.token


def test_the_golden_batches_have_every_kind() -> None:
    kinds = {row["kind"] for path in GOLDEN for row in json.loads(path.read_text()).get("events", ())}

    assert kinds == {payload.kind for payload in PAYLOADS}


def test_it_reads_the_envelope() -> None:
    batch = decode(body(n=3, f=41, d=2, z=1))

    assert batch == Batch(
        token="TOKEN",
        stream="k3j9x2m4q8",
        number=3,
        first=41,
        base_ms=1767225600000,
        dropped=2,
        ends=True,
        sent=0,
        malformed=0,
        events=(),
    )


@pytest.mark.parametrize("sent", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 10_000, b"{}", b'{"v":1}'])
def test_it_refuses_what_is_no_batch(sent: bytes) -> None:
    with pytest.raises(WireError, match="no batch"):
        decode(sent)


def test_it_names_the_version_that_it_reads() -> None:
    with pytest.raises(WireError, match="version 1 of the wire format, not version 2"):
        decode(body(v=2))


def test_a_refusal_quotes_nothing_that_was_sent() -> None:
    with pytest.raises(WireError) as refused:
        decode(body(s="my password"))

    assert "password" not in str(refused.value)


def test_whole_numbers_stay_whole() -> None:
    (event,) = decode(body(e=[["g", 0, 0, 0, 1, 12, "scroll"]])).events

    assert repr(event.payload) == "Reaction(click=1, ms=12, what='scroll')"


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_an_event_with_a_number_that_is_not_finite_is_malformed(number: str) -> None:
    sent = body(e=[["g", 0, 0, 0, 1, 777, "mutation"]]).replace(b"777", number.encode())

    try:
        batch = decode(sent)
    except WireError:
        return  # NaN and Infinity are no JSON at all

    assert batch.malformed == 1


def test_an_event_nested_without_end_is_malformed() -> None:
    sent = body(e=[["x", 0, 0, 0, "deep", 777]]).replace(b"777", b"[" * 600 + b"]" * 600)

    assert decode(sent).malformed == 1


def test_an_event_that_is_no_utf_8_is_malformed_and_the_others_are_read() -> None:
    sent = body(e=[["m", 0, 0, 0, "QQ"], ["D", 1, 0, 0]]).replace(b"QQ", b"\xff\xfe")
    batch = decode(sent)

    assert (batch.malformed, [event.kind for event in batch.events]) == (1, ["done"])


def test_no_text_holds_what_a_database_refuses() -> None:
    batch = decode(body(w=["https://a\0"], e=[["A", 0, 0, 0, "why", ["a\0b"]], ["P", 0, 0, 0, "\0"]]))

    assert "\0" not in repr(batch).replace("\\x00", "\0")


class TestVersion2:
    HEAD = b"2 TOKEN k3j9x2m4q8 3 41 1767225600000 2 1"

    def test_it_reads_the_head(self) -> None:
        assert decode(self.HEAD) == decode(body(n=3, f=41, d=2, z=1))

    def test_it_says_the_same_as_version_1(self) -> None:
        first = body(e=[["D", 7, 0, 0], ["m", 9, 0, 0, "Sold out"]])
        second = b'2 TOKEN k3j9x2m4q8 0 0 1767225600000 0 0\n@0,"https://shop.example/"\nD7\nm9,"Sold out"'

        assert decode(second) == decode(first)

    @pytest.mark.parametrize(
        "sent", [b"2 ", b"2 \n", b"2 TOKEN", HEAD + b"\r", HEAD.replace(b" 3 ", b" -3 "), b"3 " + HEAD]
    )
    def test_it_refuses_what_is_no_batch(self, sent: bytes) -> None:
        with pytest.raises(WireError, match="no batch"):
            decode(sent)

    def test_what_the_browser_packed_is_read(self) -> None:
        golden = json.loads(next(path for path in GOLDEN if path.stem == "version-2-packed").read_text())
        sent = base64.b64decode(golden["packed"])

        assert is_deflated(sent)
        assert rows(decode(sent)) == golden["events"]
        assert token_in(sent) == "TOKEN"

    @pytest.mark.parametrize("sent", [b"x", b"x\x9c", b"xyz", zlib.compress(HEAD)[:-1], zlib.compress(HEAD) + b"more"])
    def test_it_refuses_what_is_packed_wrongly(self, sent: bytes) -> None:
        with pytest.raises(WireError, match="no batch"):
            decode(sent)
        assert token_in(sent) is None

    @pytest.mark.parametrize("zeros", [BATCH_BYTES, 10**8])
    def test_a_small_body_does_not_become_a_large_one(self, zeros: int) -> None:
        sent = zlib.compress(self.HEAD + b"\nm1," + b"0" * zeros)

        with pytest.raises(WireError, match="at most"):
            decode(sent)

    def test_a_packed_body_may_be_as_long_as_another(self) -> None:
        longest = self.HEAD + b"\nm1," + b"0" * (BATCH_BYTES - len(self.HEAD) - 4)

        assert len(longest) == BATCH_BYTES
        assert decode(zlib.compress(longest)).malformed == 1

    @given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line and line[:1] != b"@"), max_size=20))
    def test_whatever_the_lines_are_each_is_read_or_counted(self, lines: list[bytes]) -> None:
        batch = decode(b"\n".join([self.HEAD, b'@0,"https://shop.example/"', *lines]))

        assert len(batch.events) + batch.malformed == batch.sent == len(lines)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
CODES = st.sampled_from([payload.code for payload in PAYLOADS])


@given(st.lists(st.tuples(CODES, st.lists(VALUES, max_size=12)), max_size=20))
def test_whatever_the_events_are_the_batch_is_read_and_each_is_read_or_counted(
    events: list[tuple[str, list[object]]],
) -> None:
    batch = decode(body(e=[[code, *fields] for code, fields in events]))

    assert len(batch.events) + batch.malformed == batch.sent == len(events)


@given(VALUES)
def test_whatever_is_sent_is_a_batch_or_a_wire_error(value: object) -> None:
    with pytest.raises(WireError):
        decode(json.dumps(value).encode())


@given(st.lists(st.tuples(st.integers(0, 10**9), st.floats(0, 10**6)), max_size=30))
def test_times_and_ordinals_are_absolute(reactions: list[tuple[int, float]]) -> None:
    batch = decode(body(f=7, e=[["g", dt, 0, 0, 1, ms, "scroll"] for dt, ms in reactions]))

    assert [event.at_ms - 1767225600000 for event in batch.events] == [dt for dt, _ in reactions]
    assert [event.ordinal for event in batch.events] == list(range(7, 7 + len(reactions)))
    assert all(math.isfinite(event.payload.ms) for event in batch.events)  # type: ignore[attr-defined]
