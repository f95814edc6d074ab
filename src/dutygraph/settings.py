"""Settings: read once, at the edge, then passed along."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dutygraph.errors import SettingsError

__all__ = ["Settings", "read_settings"]

SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """``home``: folder of stores and indexes. ``query_seconds``, ``query_rows``: limits of one SPARQL query.
    ``encoder``: ``auto`` (the one that ships, when installed), ``none``, or a local folder of a model.
    ``review_token``: who knows it may review findings on the pages; nobody when it is empty."""

    home: Path
    query_seconds: float = 10.0
    query_rows: int = 10_000
    encoder: str = "auto"
    review_token: str = field(default="", repr=False)


def read_settings(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the option ``--home`` and the environment (DUTYGRAPH_HOME, DUTYGRAPH_QUERY_SECONDS,
    DUTYGRAPH_QUERY_ROWS, DUTYGRAPH_ENCODER, DUTYGRAPH_REVIEW_TOKEN). Raises SettingsError for a value that cannot be
    used."""
    env = os.environ if environ is None else environ
    chosen = home or (Path(env["DUTYGRAPH_HOME"]) if env.get("DUTYGRAPH_HOME") else None)
    if chosen is None:
        import platformdirs

        chosen = Path(platformdirs.user_data_dir("dutygraph", appauthor=False))
    if chosen.exists() and not chosen.is_dir():
        raise SettingsError("is a file; --home needs a folder", path=chosen)
    return Settings(
        home=chosen.expanduser().absolute(),
        query_seconds=_positive(env, "DUTYGRAPH_QUERY_SECONDS", 10.0),
        query_rows=int(_positive(env, "DUTYGRAPH_QUERY_ROWS", 10_000)),
        encoder=env.get("DUTYGRAPH_ENCODER") or "auto",
        review_token=_token(env),
    )


def _token(env: Mapping[str, str]) -> str:
    token = env.get("DUTYGRAPH_REVIEW_TOKEN", "")
    if token and len(token) < SHORTEST_TOKEN:
        raise SettingsError(f"DUTYGRAPH_REVIEW_TOKEN is too easy to guess: give {SHORTEST_TOKEN} characters or more")
    return token


def _positive(env: Mapping[str, str], name: str, default: float) -> float:
    raw = env.get(name)
    if not raw:
        return default
    try:
        value = float(raw)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e9:
        raise SettingsError(f"{name}={raw!r}: give a number above 0")
    return value
