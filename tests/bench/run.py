"""Run every measurement of this folder, one after the other: ``make bench``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> None:
    here = Path(__file__)
    for script in sorted(here.parent.glob("*.py")):
        if script.name != here.name:
            print(f"== {script.stem}", flush=True)
            subprocess.run([sys.executable, script], check=True)


if __name__ == "__main__":
    main()
