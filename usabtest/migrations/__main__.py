"""Write a new revision from what the models say that the revisions so far do not.

python -m usabtest.migrations "participants have a locale"
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from usabtest.migrations import head, make_config, upgrade


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit('usage: python -m usabtest.migrations "what is now true of the tables"')
    write_revision(sys.argv[1])


def write_revision(message: str) -> None:
    """Compare the models with a database of the revisions so far, and write the difference as the next revision."""
    number = int(head() or 0) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder, 'revisions.db')}")
        upgrade(engine)
        with engine.begin() as connection:
            config = make_config()
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


if __name__ == "__main__":
    main()
