"""The sections of the editor, field by field: everything that a study file can say."""

from __future__ import annotations

from usabtest.studies.forms.fields import Control, Group, Of, Reads, RowList, Section

_CRITERION_WORDS = {
    "url": "Page address",
    "url_regex": "Address pattern",
    "click": "Click on",
    "visible": "Element in view",
    "text": "Text on the page",
    "event": "Event of the site",
    "answer": "Answer to a question",
    "all": "All of these",
    "self_report": "“I’m done” counts",
}
_INSTRUMENT_WORDS = {
    "seq": "SEQ: how easy was it (1 to 7)",
    "sus": "SUS: ten statements",
    "umux_lite": "UMUX-Lite: two statements",
    "nps": "NPS: likely to recommend (0 to 10)",
    "csat": "CSAT: how satisfied (1 to 5)",
    "ces": "CES: made it easy (1 to 7)",
}
_QUESTION_WORDS = {"open": "Own: in their words", "choice": "Own: choice", "scale": "Own: scale"}


def _kinds(words: dict[str, str], *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, words[name]) for name in names or words)


SUCCESS_KINDS = _kinds(_CRITERION_WORDS)
FAILURE_KINDS = _kinds(_CRITERION_WORDS, "url", "url_regex", "click", "visible", "text", "event", "answer", "all")
PART_KINDS = _kinds(_CRITERION_WORDS, "url", "url_regex", "click", "visible", "text", "event")
SEARCH_KINDS = _kinds(_CRITERION_WORDS, "click", "url", "url_regex", "event")
OWN_KINDS = _kinds(_QUESTION_WORDS)
AFTER_KINDS = (*_kinds(_INSTRUMENT_WORDS, "sus", "umux_lite", "nps", "csat", "ces"), *OWN_KINDS)
TASK_QUESTION_KINDS = (*_kinds(_INSTRUMENT_WORDS), *OWN_KINDS)

_SITES = Section(
    "sites",
    "Title and sites",
    (
        Group((Control("title", "Title", "Participants read it, too.", kind="medium"),), free=True),
        Group(
            (
                Control(
                    "sites",
                    "Sites",
                    "Origins whose pages may record, one a line. https://*.shop.example takes in its sub-domains.",
                    type="textarea",
                    reads=Reads.LINES,
                    kind="mono",
                    rows=3,
                ),
                Control("language", "Language of the study", "A language tag such as en, de or pt-BR.", kind="short"),
            ),
        ),
        Group(
            (
                Control(
                    "keep_query",
                    "Query parameters to record",
                    "One a line. All others are dropped in the browser.",
                    type="textarea",
                    reads=Reads.LINES,
                    kind="mono",
                    rows=2,
                    optional=True,
                ),
                Control(
                    "keep_fragment",
                    "Record the part of addresses behind #",
                    "Routes such as #/basket are always kept.",
                    type="checkbox",
                    reads=Reads.TRUTH,
                    optional=True,
                ),
            ),
            heading="Addresses",
        ),
    ),
)

_WELCOME = Section(
    "welcome",
    "Welcome and consent",
    (
        Group(
            (
                Control(
                    "welcome",
                    "Welcome",
                    "The first words on the participant’s page. Bold, links and lists work. Empty: our own words.",
                    type="textarea",
                    optional=True,
                    rows=5,
                ),
                Control(
                    "consent",
                    "Consent",
                    "What is recorded, for what, and for how long. Empty: our own words.",
                    type="textarea",
                    optional=True,
                    rows=6,
                ),
            ),
        ),
        Group(
            (
                Control("contact.organisation", "Organisation", optional=True, kind="medium"),
                Control("contact.email", "E-mail address", type="email", optional=True, kind="medium"),
                Control(
                    "contact.privacy_url", "Privacy notice", "Its address.", type="url", optional=True, kind="mono"
                ),
            ),
            heading="Who asks",
            hint="Whom participants can turn to.",
        ),
    ),
)

_PEOPLE = Section(
    "people",
    "Who takes part",
    (
        Group(
            (
                Control(
                    "access",
                    "Who may take part",
                    type="radio",
                    options=(
                        ("open", "Anyone with the link"),
                        ("invited", "Only people with a personal invitation", "each link works once"),
                    ),
                ),
                Control(
                    "devices",
                    "Devices",
                    type="checkboxes",
                    reads=Reads.CHOICES,
                    options=(("desktop", "Desktop"), ("tablet", "Tablet"), ("phone", "Phone")),
                ),
            ),
        ),
        Group(
            (
                Control(
                    "quota",
                    "Quota",
                    "People who may complete; then a polite closing page. Empty: no limit.",
                    reads=Reads.NUMBER,
                    optional=True,
                    kind="short",
                    unit="people",
                ),
                Control("closes_at", "Closing date", "End of that day, UTC. Empty: none.", type="date", optional=True),
            ),
            heading="How many, until when",
            free=True,
            beside=True,
        ),
        Group(
            (
                RowList(
                    "screener",
                    "Screener",
                    Of.SCREENER,
                    "question",
                    "Asked at the door. Any other than the admitted answers screens out; none of the answers are kept.",
                    OWN_KINDS,
                    "Add a question",
                ),
            ),
            heading="Screener",
        ),
        Group(
            (
                Control("redirect.completed", "After the test", type="url", optional=True, kind="mono"),
                Control("redirect.screened_out", "Screened out", type="url", optional=True, kind="mono"),
                Control("redirect.quota_full", "Quota full", type="url", optional=True, kind="mono"),
            ),
            heading="Where people go afterwards",
            hint="Addresses of a panel, for example. {participant} stands for the identifier that they came with. "
            "Empty: a page of ours.",
            free=True,
        ),
        Group(
            (
                Control(
                    "participant_param",
                    "Parameter with the participant’s identifier",
                    "The query parameter of the link that carries it.",
                    kind="mono medium",
                ),
            ),
            heading="Panel parameters",
        ),
    ),
)

_AFTER = Section(
    "after",
    "Questions after the test",
    (
        Group(
            (
                RowList(
                    "after",
                    "Questions",
                    Of.QUESTIONS,
                    "question",
                    "Asked in this order when all tasks are done. Standard questionnaires are optional for people.",
                    AFTER_KINDS,
                    "Add a question",
                ),
            ),
        ),
    ),
)

_RECORDING = Section(
    "recording",
    "Recording and retention",
    (
        Group(
            (
                Control(
                    "retention_days",
                    "Keep recordings for",
                    "Then everything about a participant is deleted.",
                    reads=Reads.NUMBER,
                    kind="short",
                    unit="days",
                ),
            ),
            free=True,
        ),
        Group(
            (
                Control(
                    "recording.replay",
                    "Keep what is needed to play sessions back",
                    type="checkbox",
                    reads=Reads.TRUTH,
                    optional=True,
                ),
                Control(
                    "recording.mask",
                    "What a replay hides",
                    type="radio",
                    options=(
                        ("inputs", "What stands in fields"),
                        ("all", "All text"),
                        ("none", "Nothing", "only for pages that show nothing personal"),
                    ),
                ),
                Control(
                    "recording.text",
                    "Record the words of clicked elements",
                    type="checkbox",
                    reads=Reads.TRUTH,
                    optional=True,
                ),
            ),
            heading="Recording",
        ),
        Group(
            (
                Control(
                    "idle_limit_min",
                    "A running task is abandoned after",
                    "No event for so long ends it.",
                    reads=Reads.NUMBER,
                    kind="short",
                    unit="minutes",
                ),
            ),
            heading="Idle participants",
        ),
    ),
)

_ANALYSIS = Section(
    "analysis",
    "Analysis",
    (
        Group(
            (
                Control(
                    "analysis.count_errors",
                    "What counts as an error",
                    "What is not ticked is still recorded and listed.",
                    type="checkboxes",
                    reads=Reads.CHOICES,
                    options=(
                        ("javascript", "Script errors"),
                        ("network", "Failed requests"),
                        ("form", "Form errors"),
                        ("wrong_path", "Wrong paths"),
                        ("marked", "Errors that the site marks"),
                        ("dead_click", "Dead clicks", "clicks that change nothing"),
                        ("rage_click", "Rage clicks", "many clicks in one place"),
                        ("error_click", "Clicks followed by a script error"),
                        ("quick_back", "Quick ways back"),
                    ),
                ),
            ),
            free=True,
        ),
        Group(
            (
                Control("analysis.rage_click.clicks", "Clicks", reads=Reads.NUMBER, kind="short"),
                Control("analysis.rage_click.within_ms", "Within", reads=Reads.NUMBER, kind="short", unit="ms"),
                Control("analysis.rage_click.px", "Within a distance of", reads=Reads.NUMBER, kind="short", unit="px"),
            ),
            heading="Rage click",
            free=True,
            beside=True,
        ),
        Group(
            (
                Control(
                    "analysis.dead_click_ms",
                    "A click is dead after",
                    "500 to 2500 ms without any reaction.",
                    reads=Reads.NUMBER,
                    kind="short",
                    unit="ms",
                ),
                Control(
                    "analysis.quick_back_s",
                    "A way back is quick within",
                    "Back on the page before so soon.",
                    reads=Reads.NUMBER,
                    kind="short",
                    unit="seconds",
                ),
                Control(
                    "analysis.subtract_hidden",
                    "Leave out time in which the page was hidden",
                    type="checkbox",
                    reads=Reads.TRUTH,
                    optional=True,
                ),
            ),
            heading="Other signals and times",
            free=True,
        ),
    ),
    note="May change at any time: measures are made anew from what was recorded.",
)

ORDER = Section(
    "tasks",
    "Order of tasks",
    (
        Group(
            (
                Control(
                    "task_order",
                    "Order in which people meet the tasks",
                    type="radio",
                    options=(
                        ("fixed", "As listed"),
                        ("random", "By chance", "each task then needs a start page"),
                        ("balanced", "Balanced", "a Latin square over participants; each task needs a start page"),
                    ),
                ),
            ),
        ),
    ),
)

TASK = Section(
    "task",
    "Task",
    (
        Group(
            (
                Control("title", "Name", "For you and the report; participants see it above the task.", kind="medium"),
                Control(
                    "scenario",
                    "What the participant reads",
                    "A situation and an aim, not the steps. Bold, links and lists work.",
                    type="textarea",
                ),
                Control(
                    "start_url",
                    "Start page",
                    "On one of the study’s sites. A later task without one starts where the participant is.",
                    type="url",
                    kind="mono",
                    optional=True,
                ),
            ),
        ),
        Group(
            (
                RowList(
                    "success",
                    "Success",
                    Of.CRITERIA,
                    "criterion",
                    "Any one of these ends the task in success. None: “I’m done” counts as success. "
                    "A page address is a path such as /basket/ or /orders/**.",
                    SUCCESS_KINDS,
                    "Add a criterion",
                ),
            ),
            heading="Success",
        ),
        Group(
            (
                RowList(
                    "failure",
                    "Failure",
                    Of.CRITERIA,
                    "criterion",
                    "Any one of these ends it in failure. Leave empty if only success counts.",
                    FAILURE_KINDS,
                    "Add a criterion",
                ),
            ),
            heading="Failure",
        ),
        Group(
            (
                Control(
                    "finish",
                    "When it ends",
                    type="radio",
                    options=(
                        ("participant", "When the participant presses “I’m done”"),
                        ("auto", "As soon as success or failure is reached"),
                    ),
                ),
                Control(
                    "time_limit_s",
                    "Time limit",
                    "Longer than most people need; 1:30 is a minute and a half. Empty: no limit.",
                    reads=Reads.MINUTES,
                    kind="short",
                    unit="minutes",
                    optional=True,
                ),
            ),
            beside=True,
        ),
        Group(
            (
                RowList(
                    "questions",
                    "Questions",
                    Of.QUESTIONS,
                    "question",
                    "Asked as soon as the task has ended.",
                    TASK_QUESTION_KINDS,
                    "Add a question",
                ),
            ),
            heading="Questions after this task",
        ),
        Group(
            (
                RowList(
                    "allowed",
                    "Allowed pages",
                    Of.PATTERNS,
                    "page",
                    "Other pages count as wrong paths. None: no path is wrong.",
                    (("url", "Page address"),),
                    "Add a page",
                ),
                RowList(
                    "first_click",
                    "Right first click",
                    Of.PATTERNS,
                    "area",
                    "Selectors of the areas where a first click is right. None: first clicks are listed, not judged.",
                    (("click", "Selector"),),
                    "Add an area",
                ),
                RowList(
                    "search",
                    "Searching",
                    Of.CRITERIA,
                    "sign",
                    "What counts as using the site’s search.",
                    SEARCH_KINDS,
                    "Add a sign",
                ),
            ),
            heading="The way through the site",
            folded=True,
        ),
        Group(
            (
                Control(
                    "optimal.pages", "Fewest pages", "For lostness.", reads=Reads.NUMBER, optional=True, kind="short"
                ),
                Control(
                    "optimal.clicks",
                    "Fewest clicks",
                    "For the deviation from the path.",
                    reads=Reads.NUMBER,
                    optional=True,
                    kind="short",
                ),
                Control(
                    "expert_time_s",
                    "Time of an expert",
                    "For relative efficiency.",
                    reads=Reads.NUMBER,
                    optional=True,
                    kind="short",
                    unit="seconds",
                ),
                Control(
                    "max_time_s",
                    "Acceptable time",
                    "For the single usability score.",
                    reads=Reads.NUMBER,
                    optional=True,
                    kind="short",
                    unit="seconds",
                ),
                Control(
                    "error_opportunities",
                    "Opportunities for errors",
                    "How many errors one could make.",
                    reads=Reads.NUMBER,
                    optional=True,
                    kind="short",
                ),
            ),
            heading="Yardsticks for the report",
            folded=True,
            beside=True,
        ),
        Group(
            (
                Control(
                    "entry_url",
                    "Entry page",
                    "Where a redirect or a sign-in loses what stands behind # on the start page: one that keeps it.",
                    type="url",
                    kind="mono",
                    optional=True,
                ),
                Control("key", "Key", "The task’s name in the API and in files.", kind="mono medium", optional=True),
            ),
            heading="Technical",
            folded=True,
        ),
    ),
)

SECTIONS = {section.slug: section for section in (_SITES, _WELCOME, _PEOPLE, _AFTER, _RECORDING, _ANALYSIS)}
