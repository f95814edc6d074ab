"""``python -m dutygraph.retrieve.training WORK TARGET``: make the encoder that ships. WORK gets what comes before it,
TARGET the model with its card; how far it is goes to standard error."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dutygraph.retrieve.training.making import make

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Parse, make, exit."""
    parser = argparse.ArgumentParser(prog="python -m dutygraph.retrieve.training", description=__doc__)
    parser.add_argument("work", type=Path, metavar="WORK")
    parser.add_argument("target", type=Path, metavar="TARGET")
    args = parser.parse_args(argv)
    make(args.work, args.target, _tell)
    return 0


def _tell(step: int, steps: int, loss: float) -> None:
    if step % 10 == 0 or step == steps:
        sys.stderr.write(f"step {step} of {steps}, loss {loss:.3f}\n")


if __name__ == "__main__":
    sys.exit(main())
