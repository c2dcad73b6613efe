"""What holds for every template, and what the macros promise."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError

from usabtest.assets import folder

TEMPLATES = folder("templates")
STATIC = folder("static")
ENVIRONMENT = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def render(source: str, **context: Any) -> str:
    return ENVIRONMENT.from_string(source).render(context)


def make_form(values: dict[str, object] | None = None, errors: dict[str, str] | None = None) -> SimpleNamespace:
    return SimpleNamespace(values=values or {}, errors=errors or {})


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def one(self, name: str) -> dict[str, str | None]:
        (attributes,) = [attributes for tag, attributes in self.found if tag == name]
        return attributes


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
class TestEveryTemplate:
    def test_it_compiles(self, path: Any) -> None:
        ENVIRONMENT.get_template(str(path.relative_to(TEMPLATES)))

    def test_it_keeps_to_our_content_policy(self, path: Any) -> None:
        source = path.read_text()

        assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", source)
        assert not re.search(r"<script(?![^>]*\bsrc=)", source)

    def test_its_forms_that_write_carry_a_token(self, path: Any) -> None:
        if path.parent.name == "flow":
            return  # a participant's pages have no rights to borrow, and a token would need a cookie
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL):
            assert 'name="csrf_token"' in form

    def test_the_files_that_it_links_exist(self, path: Any) -> None:
        for name in re.findall(r"filename='([^'~]+)'\)", path.read_text()):
            assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("base", ["base.html", "base_participant.html"])
def test_the_sheets_of_a_frame_exist(base: str) -> None:
    (names,) = re.findall(r"for sheet in \[(.*?)\]", (TEMPLATES / base).read_text(), re.DOTALL)
    sheets = re.findall(r'"([^"]+)"', names)

    assert sheets[:2] == ["tokens", "base"]
    assert [sheet for sheet in sheets if not (STATIC / "css" / f"{sheet}.css").is_file()] == []


class TestStat:
    SOURCE = '{% from "_components.html" import stat %}'

    def test_it_works(self) -> None:
        html = render(
            self.SOURCE + '{{ stat("Alone", "5 of 12", 12, "42 %, likely 19 to 68 %", '
            'bar={"value": 0.42, "low": 0.19, "high": 0.68}) }}'
        )

        assert "5 of 12" in html
        assert 'x="19.0%" width="49.0%"' in html

    def test_it_says_n_where_the_figure_does_not(self) -> None:
        html = render(self.SOURCE + '{{ stat("Ease", "3.4", 1, "no interval", of="answers") }}')

        assert "1 answer: no interval" in html

    @pytest.mark.parametrize("n", ["", ", none"])
    def test_it_refuses_to_render_without_n(self, n: str) -> None:
        with pytest.raises(UndefinedError):
            render(self.SOURCE + '{{ stat("Alone", "42 %"' + n + ") }}")

    def test_without_an_interval_the_dot_is_hollow(self) -> None:
        html = render(self.SOURCE + '{{ stat("Time", "2:18", 1, "one value", bar={"value": 0.5}) }}')

        assert "dot-bar-hollow" in html
        assert "dot-bar-band" not in html


class TestField:
    SOURCE = '{% from "_form.html" import field, error_summary, scale %}'

    def test_label_hint_and_error_are_joined_to_the_control(self) -> None:
        form = make_form({"start": "https://shop.exmaple/"}, {"start": "Not among the sites."})

        html = render(self.SOURCE + '{{ field(form, "start", "Start page", hint="On a site.") }}', form=form)

        control = Tags(html).one("input")
        assert control["id"] == Tags(html).one("label")["for"] == "field-start"
        assert control["aria-describedby"] == "hint-start error-start"
        assert control["aria-invalid"] == "true"
        assert control["value"] == "https://shop.exmaple/"
        assert html.index("<label") < html.index("On a site.") < html.index("<input") < html.index("Not among")

    def test_a_password_is_never_sent_back(self) -> None:
        form = make_form({"password": "correct horse"})

        html = render(self.SOURCE + '{{ field(form, "password", "Password", type="password") }}', form=form)

        assert "correct horse" not in html

    @pytest.mark.parametrize(("kind", "chosen"), [("radio", "checked"), ("select", "selected")])
    def test_what_was_chosen_is_chosen_again(self, kind: str, chosen: str) -> None:
        form = make_form({"kind": 2})

        html = render(
            self.SOURCE + '{{ field(form, "kind", "Kind", type=kind, options=[(1, "One"), (2, "Two")]) }}',
            form=form,
            kind=kind,
        )

        assert [attributes["value"] for _, attributes in Tags(html).found if chosen in attributes] == ["2"]

    def test_what_was_typed_is_escaped(self) -> None:
        form = make_form({"text": "</textarea><b>"})

        html = render(self.SOURCE + '{{ field(form, "text", "Text", type="textarea") }}', form=form)

        assert "</textarea><b>" not in html

    def test_the_summary_leads_to_the_fields(self) -> None:
        form = make_form(errors={"start": "Not among the sites.", "": "Nothing was saved."})

        html = render(self.SOURCE + "{{ error_summary(form) }}", form=form)

        assert "2 things to mend before this is saved" in html
        assert [attributes["href"] for tag, attributes in Tags(html).found if tag == "a"] == ["#field-start"]

    def test_no_errors_make_no_summary(self) -> None:
        assert render(self.SOURCE + "{{ error_summary(form) }}", form=make_form()).strip() == ""

    def test_the_ends_of_a_scale_are_described(self) -> None:
        html = render(self.SOURCE + '{{ scale(form, "ease", "How easy?", 1, 7, ("Hard", "Easy")) }}', form=make_form())

        steps = [attributes for tag, attributes in Tags(html).found if tag == "input"]
        assert len(steps) == 7
        assert (steps[0]["aria-describedby"], steps[-1]["aria-describedby"]) == ("low-ease", "high-ease")
