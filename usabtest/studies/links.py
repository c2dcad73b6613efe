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
    return StudyLinks(
        participant=public_address("flow.link", kind="s", name=study.key),
        edit=public_address("studies.show", key=study.key),
        report=public_address("reports.study", key=study.key),
    )


def invitation_link(token: str) -> str:
    return public_address("flow.link", kind="i", name=token)


def check_url(start_page: str, code: str) -> str:
    """A start page's address with a check code at the end of its fragment, where the snippet looks for it."""
    return f"{start_page}{'&' if '#' in start_page else '#'}usabtest=check.{code}"


def script_tag() -> str:
    """What a target site carries, once, for all its studies."""
    return f'<script async src="{public_base()}/snippet.js"></script>'


def unreachable(spec: StudySpec) -> str | None:
    """Say on which sites browsers would refuse to load anything from us; None if on none."""
    base = public_base()
    sites = [site for site in spec.sites if _refuses(site, base)]
    if not sites:
        return None
    why = "is this machine alone" if is_loopback(urlsplit(base).netloc) else "is not https"
    return (
        f"{base} {why}, so browsers load nothing from it on pages of {' and '.join(sites)}. "
        "Set USABTEST_PUBLIC_URL to a public https address."
    )


def _refuses(site: str, base: str) -> bool:
    ours, theirs = urlsplit(base), urlsplit(site.replace("://*.", "://", 1))
    if is_loopback(ours.netloc):
        return not _is_local(theirs.hostname or "")
    return theirs.scheme == "https" and ours.scheme == "http"


def _is_local(host: str) -> bool:
    if host in {"localhost"} or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
