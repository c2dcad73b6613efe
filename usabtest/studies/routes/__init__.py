"""Studies for people: the list, the set-up page, the editor."""

from __future__ import annotations

from usabtest.studies.routes import editor, invitations, members, pages, previous
from usabtest.studies.routes.blueprint import bp

__all__ = ["bp", "editor", "invitations", "members", "pages", "previous"]
