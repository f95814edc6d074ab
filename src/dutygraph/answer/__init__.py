"""Question → plan → query → Answer: link, interpret, bind, execute, render, cite, abstain."""

from __future__ import annotations

from dutygraph.answer.answerer import Answerer
from dutygraph.answer.model import Answer

__all__ = ["Answer", "Answerer"]
