"""The addresses of a study, the script tag for its sites, and what would keep the two apart."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from usabtest.studies.models import Study
from usabtest.studyfile.types import StudySpec
from usabtest.web.links import is_loopback, public_address, public_base


@dataclass(frozen=True, slots=True)
class StudyLinks:
    """Where a study is: for its participants, for those who edit it, and for those who read its report."""

    participant: str
    edit: str
    report: str


def links_of(study: Study) -> StudyLinks:
    edit = public_address("studies.show", key=study.key)
    return StudyLinks(
        participant=public_address("flow.link", kind="s", name=study.key),
        edit=edit,
        report=f"{edit}/report",
    )


def invitation_link(token: str) -> str:
    return public_address("flow.link", kind="i", name=token)


def check_url(start_page: str, code: str) -> str:
    """A start page's address with a check code at the end of its fragment, where the snippet looks for it."""
    return f"{start_page}{'&' if '#' in start_page else '#'}usabtest=check.{code}"


def script_tag() -> str:
    """What a target site carries, once, for all its studies."""
    return f'<script async src="{public_base()}/snippet.js"></script>'


def unreachable(spec: StudySpec) -> tuple[str, ...]:
    """Name, in a sentence each, the sites on which browsers would refuse to load anything from us."""
    base = public_base()
    return tuple(sentence for site in spec.sites if (sentence := _why_refused(site, base)))


def _why_refused(site: str, base: str) -> str | None:
    ours, theirs = urlsplit(base), urlsplit(site.replace("://*.", "://", 1))
    if theirs.scheme == "https" and ours.scheme == "http" and not is_loopback(ours.netloc):
        return f"{site} is https and {base} is not: browsers load nothing from http on such a page. " + _MEND
    if is_loopback(ours.netloc) and not _is_local(theirs.hostname or ""):
        return f"{base} is this machine alone: pages of {site} may not load anything from it. " + _MEND
    return None


_MEND = "Set USABTEST_PUBLIC_URL to a public https address."


def _is_local(host: str) -> bool:
    if host in {"localhost"} or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
