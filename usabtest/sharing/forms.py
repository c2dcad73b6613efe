"""The form for a new link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from usabtest.errors import NotValid
from usabtest.sharing.sections import Section
from usabtest.sharing.wanted import USUAL_DAYS, USUAL_SECTIONS, ShareSpec, read_share

Given = Mapping[str, str | list[str]]

# What shows single people is asked for apart, so that nobody ticks it in passing.
OF_PEOPLE = (Section.PARTICIPANTS, Section.FREE_TEXT, Section.REPLAYS)

_LABELS = {
    "label": "For whom it is",
    "sections": "What it shows",
    "expires_days": "How long it is good",
    "password": "Password",
}


@dataclass(frozen=True, slots=True)
class ShareForm:
    """What a person chose, and a message for each field that must be mended."""

    values: Mapping[str, object] = field(
        default_factory=lambda: {
            "sections": [str(one) for one in USUAL_SECTIONS],
            "people": [],
            "expires_days": str(USUAL_DAYS),
            "kind": "live",
        }
    )
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What was sent: `wanted` is there if nothing has to be mended."""

    form: ShareForm
    wanted: ShareSpec | None


def share_form(*, compares: bool) -> ShareForm:
    """The form as it is first shown; where a comparison was chosen, the link is to show it."""
    form = ShareForm()
    if compares:
        sections = [*USUAL_SECTIONS, Section.COMPARE]
        form = ShareForm({**form.values, "sections": [str(one) for one in sections]})
    return form


def read_share_form(sent: MultiDict[str, str], *, filters: Given, comparison: Given) -> ReadForm:
    """`label`, `sections`, `people`, `expires_days`, `password`, `kind` (live or frozen), `shows_maker`."""
    values: dict[str, object] = {
        **{name: sent.get(name, "").strip() for name in ("label", "expires_days", "kind", "shows_maker")},
        **{name: sent.getlist(name) for name in ("sections", "people")},
        "password": sent.get("password", ""),
    }
    form = ShareForm(values)
    try:
        return ReadForm(form, read_share(_as_sent(values, filters, comparison)))
    except NotValid as error:
        for fault in error.faults:
            name = fault.path.partition("[")[0]
            form.errors.setdefault(name, f"{_LABELS.get(name, name)}: {fault.message}.")
        return ReadForm(form, None)


def _as_sent(values: Mapping[str, object], filters: Given, comparison: Given) -> dict[str, object]:
    """Put it as a program would, so that one reader judges both."""
    chosen, people, days = values["sections"], values["people"], str(values["expires_days"])
    assert isinstance(chosen, list)  # noqa: S101 - made above
    assert isinstance(people, list)  # noqa: S101
    return {
        "label": values["label"],
        "sections": [*chosen, *people],
        "expires_days": int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else days,
        "password": values["password"] or None,
        "frozen": values["kind"] == "frozen",
        "shows_maker": bool(values["shows_maker"]),
        "filters": dict(filters),
        # Whoever unticks the comparison does not want it.
        "comparison": dict(comparison) if Section.COMPARE in chosen else {},
    }
