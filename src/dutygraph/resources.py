"""Where the files that travel with the package are: ontology/, queries/ and data/."""

from __future__ import annotations

from pathlib import Path

from dutygraph.errors import SettingsError

__all__ = ["data_dir", "ontology_dir", "queries_dir"]

_PACKAGE = Path(__file__).resolve().parent
# Installed from a wheel they lie inside the package; in a checkout (editable install) at the top of the project.
_ROOTS = (_PACKAGE / "resources", _PACKAGE.parent.parent)


def _find(name: str) -> Path:
    for root in _ROOTS:
        if (root / name).is_dir():
            return root / name
    raise SettingsError(f"the folder {name}/ that belongs to the package is missing; install dutygraph again")


def ontology_dir() -> Path:
    """The folder of dutygraph.ttl, schemes/, shapes/ and examples/."""
    return _find("ontology")


def queries_dir() -> Path:
    """The folder of the named queries."""
    return _find("queries")


def data_dir() -> Path:
    """The project's own data folder: the registers, the lexicon, the lookups."""
    return _find("data")
