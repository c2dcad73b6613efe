"""What the page shows on which conclusions are written."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.conclusions.forms import ConclusionsForm
from usabtest.studies.models import Study


@dataclass(frozen=True, slots=True)
class ConclusionsPage:
    study: Study
    form: ConclusionsForm

    @property
    def tasks(self) -> tuple[tuple[str, str], ...]:
        """The tasks that a finding or the sum can be about."""
        return tuple((task.key, task.title) for task in self.study.spec.tasks)
