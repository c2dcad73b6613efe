from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from jinja2 import BaseLoader, Environment, FileSystemLoader, Template

from usabtest.assets import OneAtATime, folder


class Witness(BaseLoader):
    """Sees whether a second reader comes while one reads."""

    def __init__(self) -> None:
        self.reading = 0
        self.most = 0
        self.another = Event()

    def load(self, environment: Environment, name: str, globals: object = None) -> Template:  # noqa: A002
        self.reading += 1
        self.most = max(self.most, self.reading)
        if self.reading > 1:
            self.another.set()
        self.another.wait(0.05)
        self.reading -= 1
        return environment.from_string(name)


def test_templates_are_read_by_one_thread_at_a_time() -> None:
    witness = Witness()
    environment = Environment(loader=OneAtATime(witness), autoescape=True)
    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(lambda name: environment.get_template(name).render(), "abcd"))

    assert (said, witness.most) == (["a", "b", "c", "d"], 1)


def test_it_reads_what_the_loader_has() -> None:
    environment = Environment(loader=OneAtATime(FileSystemLoader(folder("templates"))), autoescape=True)

    assert "reports/_charts.html" in environment.list_templates()
    assert environment.get_template("reports/_charts.html").module
