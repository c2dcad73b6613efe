"""python -m usabtest"""

from __future__ import annotations

from usabtest.cli import main

if __name__ == "__main__":
    main()
