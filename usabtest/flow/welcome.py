"""The welcome page: what it says and asks, for participants and for the moderator's preview alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from usabtest.flow.markdown import to_html
from usabtest.flow.words import NEVER, RECORDS, STANDARD_CONSENT, STANDARD_WELCOME
from usabtest.studyfile.types import ScreenerQuestion, StudySpec


@dataclass(frozen=True, slots=True)
class ScreenerField:
    """A question at the door as the page shows it."""

    key: str
    text: str
    type: str
    options: tuple[str, ...]
    multiple: bool
    other: bool
    min: int
    max: int
    labels: tuple[str, str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """What the welcome page says and asks."""

    organisation: str | None
    title: str
    welcome_html: Markup
    consent_html: Markup
    task_count: int
    minutes: int | None
    records: tuple[str, ...]
    never: tuple[str, ...]
    retention_days: int
    contact_email: str | None
    privacy_url: str | None
    screener: tuple[ScreenerField, ...]
    pilot: bool
    opening: str
    start_url: str
    decline_url: str
    language: str
    participant_code: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, list[str]] = field(default_factory=dict)


def welcome_page(
    spec: StudySpec,
    *,
    pilot: bool,
    opening: str,
    start_url: str,
    decline_url: str,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, list[str]] | None = None,
) -> WelcomePage:
    """Fill the welcome page of a study."""
    limits = [task.time_limit_s for task in spec.tasks]
    minutes = round(sum(limit for limit in limits if limit) / 60) if limits and all(limits) else None
    return WelcomePage(
        organisation=spec.contact.organisation if spec.contact else None,
        title=spec.title,
        welcome_html=to_html(spec.welcome or STANDARD_WELCOME),
        consent_html=to_html(spec.consent or STANDARD_CONSENT),
        task_count=len(spec.tasks),
        minutes=max(1, minutes) if minutes is not None else None,
        records=RECORDS,
        never=NEVER,
        retention_days=spec.retention_days,
        contact_email=spec.contact.email if spec.contact else None,
        privacy_url=spec.contact.privacy_url if spec.contact else None,
        screener=tuple(map(_screener_field, spec.screener)),
        pilot=pilot,
        opening=opening,
        start_url=start_url,
        decline_url=decline_url,
        language=spec.language,
        errors=errors or {},
        values=values or {},
    )


def _screener_field(asked: ScreenerQuestion) -> ScreenerField:
    question = asked.question
    return ScreenerField(
        key=question.key,
        text=question.text,
        type=question.type,
        options=question.options,
        multiple=question.multiple,
        other=question.other,
        min=question.min,
        max=question.max,
        labels=question.labels or ("", ""),
    )
