"""The records of a duty register: what reading produces and everything later stands on.

All are frozen. Text is verbatim (white space and line breaks inside a cell folded away, nothing else corrected), and
every text is a ``Quote``: the words together with the place they stand in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Citation",
    "Duty",
    "Finding",
    "Indicator",
    "IndicatorKind",
    "Locator",
    "Matter",
    "Penalty",
    "Quote",
    "Regime",
    "RegimeItem",
    "RegimeSection",
    "Register",
    "SectionKind",
    "Service",
    "Severity",
    "Share",
    "Source",
    "Unread",
    "WorkItem",
]

Severity = Literal["error", "warning", "info"]
IndicatorKind = Literal["frequency", "share", "units", "officers", "other"]
SectionKind = Literal[
    "objects", "contents", "indicators", "methods", "procedures", "measures", "penalties", "basis", "other"
]


@dataclass(frozen=True, slots=True)
class Locator:
    """The place of a cell or line. ``line`` (1-based) is set for text dumps, ``cell`` (``B7``, ``table 2 row 3
    column 4``) for sheets and tables; ``row`` counts the entries of its section, from 1: the 序号
    where the numbering is whole."""

    section: str
    row: int | None = None
    column: str | None = None
    line: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words and their place. ``bool()`` is false for a blank cell."""

    text: str
    at: Locator

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Citation:
    """One act or document cited in a cell. ``as_written`` is the exact piece of the cell; ``title`` is without 《》;
    ``number`` as written (国务院令第455号), white space folded; ``articles`` as written (第34、36条 → two)."""

    title: str
    as_written: str
    at: Locator
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkItem:
    """具体工作事项. ``departments`` are the single names of the department cell (merged cells carried down)."""

    text: Quote
    department: Quote | None
    departments: tuple[str, ...] = ()
    remark: Quote | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """主要职责 with its work items."""

    no: str
    text: Quote
    work_items: tuple[WorkItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One agency's part of a shared matter (职责边界, 职责分工). ``role`` is what the form itself says of it, by a
    column (牵头部门, 配合部门) or by a ``note`` behind the agency's name (公安局（牵头）); what the text says is a
    matter of its clauses."""

    agency: Quote
    text: Quote
    role: Literal["lead", "assist"] | None = None
    note: str = ""

    @property
    def agency_name(self) -> str:
        """The agency's name without the note of its role."""
        return self.agency.text.removesuffix(self.note)


@dataclass(frozen=True, slots=True)
class Matter:
    """管理事项: a matter that several agencies divide."""

    no: str
    name: Quote
    shares: tuple[Share, ...] = ()
    basis: Quote | None = None
    legal_bases: tuple[Citation, ...] = ()
    case: Quote | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """公共服务事项. ``phones`` are normalised numbers (half-width, ``6822404-20100``); ``phone`` is the raw cell;
    ``annual_dates`` are xsd:gMonthDay values (``--06-26``)."""

    no: str
    name: Quote
    content: Quote | None = None
    department: Quote | None = None
    departments: tuple[str, ...] = ()
    phone: Quote | None = None
    phones: tuple[str, ...] = ()
    annual_dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that an inspection must reach. ``per`` is an xsd:duration (``P1M``) or None for "each time";
    ``per_year`` the rate a year; for ``share`` the value is a fraction (0.30) and ``unit`` is ``%``."""

    text: str
    at: Locator
    kind: IndicatorKind
    comparator: str
    value: float
    unit: str
    per: str | None = None
    per_year: float | None = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a breach costs: amounts in yuan, detention in days; None where the text gives none."""

    text: str
    at: Locator
    min_yuan: float | None = None
    max_yuan: float | None = None
    min_days: int | None = None
    max_days: int | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class RegimeItem:
    """A numbered or plain paragraph of a regime's section. ``no`` as written (（一）, 1、, ①), empty when plain.

    ``kinds`` is what the item is about: those of its section, narrowed by a sub heading above it or by its own first
    words (1、监督检查指标。…). A sub heading (（一）监督检查内容) is kept as an item without a number whose text is the
    whole line: it announces, and says nothing itself."""

    no: str
    text: Quote
    level: int = 0
    kinds: tuple[SectionKind, ...] = ()
    subheading: bool = False


@dataclass(frozen=True, slots=True)
class RegimeSection:
    """一、监督检查对象 … ``kinds`` says what its heading announces (one heading may announce two:
    监督检查内容及指标)."""

    heading: Quote
    kinds: tuple[SectionKind, ...]
    items: tuple[RegimeItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """事中事后监管制度. ``sections`` hold everything in the order of the source; the fields after it are the same
    text sorted by what it says."""

    no: str
    title: Quote
    preamble: tuple[Quote, ...] = ()
    sections: tuple[RegimeSection, ...] = ()
    objects: tuple[Quote, ...] = ()
    contents: tuple[Quote, ...] = ()
    methods: tuple[Quote, ...] = ()
    procedures: tuple[Quote, ...] = ()
    measures: tuple[Quote, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    citations: tuple[Citation, ...] = ()
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader noticed in a source. ``code`` is a code of the catalogue (NUM-01, TEL-01, TXT-01 …) or a
    reader's own (READ-…); ``quote`` the words concerned."""

    code: str
    severity: Severity
    message: str
    at: Locator | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A source cell or paragraph kept raw because no column or section is known for it (a remark column, a foreign
    table): nothing is lost, and the graph shows it."""

    text: Quote
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read. ``file`` is its name in the register folder; ``document`` the name that evidence carries
    (``130524-gongan/source.txt``)."""

    file: str
    sha256: str
    format: str
    document: str


@dataclass(frozen=True, slots=True)
class Register:
    """One register, whole. ``id`` is the name of its folder (``130524-gongan``)."""

    id: str
    source: Source
    jurisdiction_code: str
    jurisdiction: str
    agency: str
    title: str
    date: str | None = None
    source_url: str | None = None
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    matters: tuple[Matter, ...] = ()
    services: tuple[Service, ...] = ()
    regimes: tuple[Regime, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
