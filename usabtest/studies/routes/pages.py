"""The list of studies, a new one, the set-up page and what its buttons do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from usabtest.accounts.access import acting_user, has_role, sign_in_required
from usabtest.accounts.models import Role, User
from usabtest.db import transaction
from usabtest.errors import Fault, NotValid, StudyFileError
from usabtest.studies import actions, setup
from usabtest.studies.access import Right, may, require_creator, study_or_404
from usabtest.studies.forms.new_study import new_study_faults, read_new_study
from usabtest.studies.links import StudyLinks, check_url, links_of, script_tag, unreachable
from usabtest.studies.models import Invitation, Status, Study
from usabtest.studies.people import People, people_of
from usabtest.studies.queries import invitations_of, latest_checks, members_of, seen_sites, studies_of
from usabtest.studies.routes.blueprint import bp, now
from usabtest.studies.setup import Finding, StartPage, State
from usabtest.studyfile.match import site_admits
from usabtest.studyfile.types import StudySpec
from usabtest.studyfile.write import to_yaml
from usabtest.web.deployment import current_config
from usabtest.web.forms import Form
from usabtest.web.security import allow_forms_to_lead_anywhere
from usabtest.web.storage import storage_trouble


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study in the list; `endpoint` is the page of it that the reader may open."""

    study: Study
    endpoint: str
    people: People
    quota: int | None
    last_words: str


@dataclass(frozen=True, slots=True)
class StudiesPage:
    """What `studies/index.html` shows."""

    lines: Sequence[StudyLine]
    may_create: bool
    total: int


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site of a study, and when the script was last heard from there."""

    site: str
    words: str
    seen: bool


@dataclass(frozen=True, slots=True)
class StudyPage:
    """What `studies/show.html` shows."""

    study: Study
    spec: StudySpec
    people: People
    links: StudyLinks
    tag: str
    steps: Sequence[tuple[str, str]]
    steps_note: str
    findings: Sequence[Finding]
    start_pages: Sequence[StartPage]
    sites: Sequence[SiteLine]
    tasks: Sequence[tuple[str, str, str, str]]
    members: Sequence[User]
    invitations: Sequence[Invitation]
    may_edit: bool
    trouble: str | None
    new_links: Sequence[tuple[str, str]] = ()
    form: Form = field(default_factory=Form)

    @property
    def to_look_at(self) -> int:
        return sum(1 for finding in self.findings if finding.state != State.OK)


@bp.get("/studies")
@sign_in_required
def index() -> str:
    """All studies that you may see."""
    user = acting_user()
    studies = studies_of(user)
    people, at = people_of(studies), now()
    lines = [
        StudyLine(
            study=study,
            endpoint="studies.show" if may(user, study, Right.READ) else "reports.study",
            people=people[study.id],
            quota=study.spec.quota,
            last_words=setup.ago(people[study.id].last_at or study.updated_at, at),
        )
        for study in studies
    ]
    page = StudiesPage(lines, has_role(user, Role.MODERATOR), len(lines))
    return render_template("studies/index.html", page=page)


@bp.route("/studies/new", methods=["GET", "POST"])
@sign_in_required
def new() -> BaseResponse | str | tuple[str, int]:
    """A new study: a title, a site and a first task, so that its link is out in minutes."""
    owner = require_creator()
    if request.method != "POST":
        return render_template("studies/new.html", form=Form({"site": "https://"}))
    form = Form({name: value.strip() for name, value in request.form.items()})
    try:
        spec = read_new_study(form.values)
    except StudyFileError as error:
        form.errors.update(new_study_faults(error.faults))
        return render_template("studies/new.html", form=form), 422
    with transaction():
        key = actions.create(spec, owner=owner, now=now()).key
    flash("The study is made. Put the script tag on its site, then try it out.")
    return redirect(url_for("studies.show", key=key), code=303)


@bp.get("/studies/<key>")
@sign_in_required
def show(key: str) -> str:
    """A study's set-up: what is left to do, its links, its tag, its people."""
    return show_study(study_or_404(key, Right.READ))


def show_study(study: Study, *, new_links: Sequence[tuple[str, str]] = (), form: Form | None = None) -> str:
    """Render the set-up page; `new_links` are invitations that were just made and are shown this once."""
    # The Check buttons open pages of the study's sites.
    allow_forms_to_lead_anywhere()
    page = _study_page(study, new_links=new_links, form=form or Form())
    return render_template("studies/show.html", page=page)


@bp.post("/studies/<key>/status")
@sign_in_required
def set_status(key: str) -> BaseResponse:
    """Take a study to another status."""
    wanted = request.form.get("status", "")
    if wanted not in set(Status):
        raise NotValid(Fault("status", f"one of {', '.join(Status)} belongs here"))
    with transaction():
        actions.set_status(study_or_404(key, Right.EDIT), Status(wanted), now=now())
    flash(_STATUS_WORDS[Status(wanted)])
    return redirect(url_for("studies.show", key=key), code=303)


@bp.post("/studies/<key>/checks")
@sign_in_required
def begin_check(key: str) -> BaseResponse:
    """Open a start page with a check code, in the new tab that the button made."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        url = request.form.get("url", "")
        if url not in {page.url for page in setup.start_pages(study.spec, {}, now())}:
            raise NotValid(Fault("url", "this is not a start page of the study; load its page again"))
        code = actions.begin_check(study, url, now=now())
    return redirect(check_url(url, code), code=303)


@bp.get("/studies/<key>/checks")
@sign_in_required
def checks(key: str) -> Response:
    """How the last check of each start page went: the set-up page asks while it waits."""
    study = study_or_404(key, Right.READ)
    pages = setup.start_pages(study.spec, latest_checks(study), now())
    return jsonify({"pages": [{"url": page.url, "answer": page.answer, "words": page.words} for page in pages]})


@bp.post("/studies/<key>/duplicate")
@sign_in_required
def duplicate(key: str) -> BaseResponse:
    """Make a draft with the same definition."""
    owner = require_creator()
    with transaction():
        copied = actions.duplicate(study_or_404(key, Right.READ), owner=owner, now=now()).key
    flash("This is the copy: a draft, with nobody in it.")
    return redirect(url_for("studies.show", key=copied), code=303)


@bp.post("/studies/<key>/delete")
@sign_in_required
def delete(key: str) -> BaseResponse:
    """Delete a study with everything in it."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        title = study.title
        actions.delete(study)
    flash(f"“{title}” is deleted, with everything that was recorded in it.")
    return redirect(url_for("studies.index"), code=303)


@bp.get("/studies/<key>/export.yaml")
@sign_in_required
def export(key: str) -> Response:
    """The study as a file."""
    study = study_or_404(key, Right.READ)
    response = Response(to_yaml(study.spec), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{study.key}.yaml"'
    return response


def _study_page(study: Study, *, new_links: Sequence[tuple[str, str]], form: Form) -> StudyPage:
    spec, at = study.spec, now()
    people = people_of([study])[study.id]
    pages = setup.start_pages(spec, latest_checks(study), at)
    return StudyPage(
        study=study,
        spec=spec,
        people=people,
        links=links_of(study),
        tag=script_tag(),
        steps=_steps(Status(study.status)),
        steps_note=_STEPS_NOTES[Status(study.status)],
        findings=setup.findings(
            spec, pages, people, unreachable=unreachable(spec), trying=study.status in {Status.DRAFT, Status.PILOT}
        ),
        start_pages=pages,
        sites=_sites(study, spec),
        tasks=[
            (task.key, task.title, setup.criteria_words(task), setup.limit_words(task.time_limit_s))
            for task in spec.tasks
        ],
        members=members_of(study),
        invitations=invitations_of(study),
        may_edit=may(acting_user(), study, Right.EDIT),
        trouble=storage_trouble(current_config()),
        new_links=new_links,
        form=form,
    )


def _steps(status: Status) -> list[tuple[str, str]]:
    names = [Status.DRAFT, Status.PILOT, Status.LIVE, Status.CLOSED]
    words = {Status.LIVE: "Paused" if status == Status.PAUSED else "Live"}
    place = names.index(Status.LIVE if status == Status.PAUSED else status)
    states = ["past"] * place + ["now"] + ["next"] * (len(names) - place - 1)
    return [(words.get(name, name.capitalize()), state) for name, state in zip(names, states, strict=True)]


def _sites(study: Study, spec: StudySpec) -> list[SiteLine]:
    seen, at = seen_sites(study), now()
    lines = []
    for site in spec.sites:
        moments = [one.seen_at for origin, one in seen.items() if site_admits(site, origin)]
        name = site.partition("://")[2]
        if moments:
            lines.append(SiteLine(name, f"seen {setup.ago(max(moments), at)}", seen=True))
        else:
            lines.append(SiteLine(name, "not seen yet; add the tag or remove the site", seen=False))
    return lines


_STEPS_NOTES: Mapping[Status, str] = {
    Status.DRAFT: "Whoever opens the link now tries it out; it counts nowhere.",
    Status.PILOT: "Pilot runs are kept apart from the report.",
    Status.LIVE: "Whoever opens the link takes part.",
    Status.PAUSED: "Nobody can begin. Those inside may finish.",
    Status.CLOSED: "Nobody can begin any more. Those inside may finish.",
}
_STATUS_WORDS: Mapping[Status, str] = {
    Status.DRAFT: "The study is a draft.",
    Status.PILOT: "The pilot has begun.",
    Status.LIVE: "The study is live.",
    Status.PAUSED: "The study is paused.",
    Status.CLOSED: "The study is closed.",
}
