"""`python -m usabtest.metrics check FILE.json`: exit 0 if all cases agree, 1 on a miss, 2 on bad usage."""

import argparse
import json
import sys
from pathlib import Path

from usabtest.metrics.check import check_cases


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m usabtest.metrics", description="Usability metrics.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="compare the metrics with golden cases")
    check.add_argument("file", type=Path, metavar="FILE.json")
    path: Path = parser.parse_args(arguments).file
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{path} cannot be read as JSON: {error}", file=sys.stderr)
        return 1
    if not (isinstance(cases, list) and all(isinstance(case, dict) for case in cases)):
        print(f"{path} must hold a list of cases", file=sys.stderr)
        return 1
    misses = check_cases(cases)
    for miss in misses:
        print(miss)
    print(f"{len(cases) - len(misses)} of {len(cases)} cases agree")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
