"""Every exception that dutygraph raises on purpose.

    DutygraphError
    ├── SettingsError           a setting, environment variable or option is wrong
    ├── ReadError               a source file cannot be read
    │   ├── UnsupportedFormat       no reader for this kind of file
    │   ├── UnreadableDocument      damaged, empty, too large, wrongly encoded
    │   └── UnrecognisedLayout      readable, but no duty register
    ├── RegisterError           register.toml, or the folder it stands in, is wrong
    ├── LexiconError            a file of the lexicon is wrong
    ├── GraphError              records cannot become a graph
    │   └── IriCollision            two different things would share one IRI
    ├── QuestionError           a question or answer file for the evaluation is wrong
    ├── ValidationFailure       SHACL could not run (a report that does not conform is a value, not an error)
    ├── StoreError              the triple store
    │   ├── QuerySyntaxError        not SPARQL
    │   ├── QueryRefused            SPARQL that is not allowed here (update, SERVICE, foreign FROM)
    │   ├── QueryTimeout            stopped at its time limit
    │   └── StoreUnavailable        not built, locked, damaged or out of reach
    ├── TemplateError           a named query
    │   ├── UnknownTemplate         no query of that name
    │   ├── UnboundParameter        a parameter without a value
    │   └── BadParameter            a value of the wrong type
    └── IndexUnavailable        the search index is missing or damaged
        └── IndexStale              built from another graph or with another tokeniser

Foreign exceptions are translated once, where the foreign library is called, with ``raise … from exc``.
"""

from __future__ import annotations

__all__ = [
    "BadParameter",
    "DutygraphError",
    "GraphError",
    "IndexStale",
    "IndexUnavailable",
    "IriCollision",
    "LexiconError",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "QuestionError",
    "ReadError",
    "RegisterError",
    "SettingsError",
    "StoreError",
    "StoreUnavailable",
    "TemplateError",
    "UnboundParameter",
    "UnknownTemplate",
    "UnreadableDocument",
    "UnrecognisedLayout",
    "UnsupportedFormat",
    "ValidationFailure",
]


class DutygraphError(Exception):
    """Base of all. ``str()`` is one line fit for a user: what is wrong, where, and how to mend it.

    Keyword context (``path=…``, ``place=…``, ``query=…``) is kept in ``context`` for logs and JSON; ``path`` and
    ``place``, when given, are put in front of the message.
    """

    def __init__(self, message: str, **context: object) -> None:
        self.context = context
        where = ", ".join(str(context[key]) for key in ("path", "place") if context.get(key) is not None)
        super().__init__(f"{where}: {message}" if where else message)


class SettingsError(DutygraphError):
    """A setting, an environment variable or a command-line option is wrong."""


class ReadError(DutygraphError):
    """A source file cannot be read."""


class UnsupportedFormat(ReadError):
    """There is no reader for this kind of file."""


class UnreadableDocument(ReadError):
    """The file is damaged, empty, too large or wrongly encoded."""


class UnrecognisedLayout(ReadError):
    """The file can be read, but it is no duty register."""


class RegisterError(DutygraphError):
    """register.toml, or the register folder it stands in, is wrong."""


class LexiconError(DutygraphError):
    """A file of the lexicon, or an entry in it, is wrong."""


class GraphError(DutygraphError):
    """Records cannot become a graph."""


class IriCollision(GraphError):
    """Two different things would share one IRI."""


class QuestionError(DutygraphError):
    """A question file, or a file of answers to it, is wrong."""


class ValidationFailure(DutygraphError):
    """SHACL validation could not run."""


class StoreError(DutygraphError):
    """The triple store failed."""


class QuerySyntaxError(StoreError):
    """The text is not SPARQL; the message carries the parser's own words."""


class QueryRefused(StoreError):
    """The query is SPARQL, but not allowed here."""


class QueryTimeout(StoreError):
    """The query was stopped at its time limit."""


class StoreUnavailable(StoreError):
    """The store is not built, locked, damaged or out of reach."""


class TemplateError(DutygraphError):
    """A named query is unknown or wrongly bound."""


class UnknownTemplate(TemplateError):
    """There is no query of that name."""


class UnboundParameter(TemplateError):
    """A parameter of the query has no value."""


class BadParameter(TemplateError):
    """A value does not fit its parameter."""


class IndexUnavailable(DutygraphError):
    """The search index is missing or damaged."""


class IndexStale(IndexUnavailable):
    """The search index was built from another graph or with another tokeniser."""
