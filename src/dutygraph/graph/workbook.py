"""The graph as a workbook for clerks: the tables of the registers side by side, each row with its place."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from rdflib import Graph, URIRef
from rdflib.term import Node

from dutygraph.graph.vocab import CV, DCT, DG, PROV, RDF, SKOS

__all__ = ["export_workbook"]

_Row = tuple[str, ...]
_WHERE: Final = ("行政区划", "登记机关")
_SHEETS: Final[dict[str, _Row]] = {
    "主要职责": (*_WHERE, "序号", "主要职责", "具体工作事项", "责任科室", "备注", "出处"),
    "职责边界": (*_WHERE, "序号", "管理事项", "相关部门", "职责分工", "相关依据", "相关案例", "出处"),
    "公共服务事项": (*_WHERE, "序号", "服务事项", "主要内容", "承办科室", "联系电话", "出处"),
    "监管制度": (*_WHERE, "序号", "制度", "所在部分", "编号", "内容", "出处"),
    "监管指标": (*_WHERE, "制度", "指标原文", "比较", "数值", "单位", "周期", "每年次数", "出处"),
    "处罚": (
        *_WHERE,
        "制度",
        "处罚原文",
        "罚款下限（元）",
        "罚款上限（元）",
        "拘留下限（日）",
        "拘留上限（日）",
        "出处",
    ),
    "依据": (*_WHERE, "引用于", "标题", "文号", "条款", "对应结果", "对应法律", "出处"),
}
_WIDE: Final = frozenset(
    {"主要职责", "具体工作事项", "职责分工", "相关依据", "相关案例", "主要内容", "内容", "指标原文", "处罚原文"}
)
# What spreadsheet programs take for a formula when a text begins with it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def export_workbook(registers: Mapping[str, Graph], shared: Graph) -> bytes:
    """An .xlsx file with one sheet a table and one row a statement, in the order of the registers.

    Texts stay verbatim; none is ever a formula, whatever it begins with.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=False)
    book.remove(book.active)  # type: ignore[arg-type]
    tables: dict[str, list[_Row]] = {name: [] for name in _SHEETS}
    for name in sorted(registers):
        _Tables(registers[name], shared).fill(tables)
    for name, columns in _SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row_number, row in enumerate((columns, *tables[name]), 1):
            for column_number, text in enumerate(row, 1):
                cell = sheet.cell(row_number, column_number, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
                cell.data_type = "s"
                cell.quotePrefix = text.startswith(_FORMULA)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column_number, column in enumerate(columns, 1):
            sheet.cell(1, column_number).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(column_number)].width = 60 if column in _WIDE else 16
        sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Tables:
    """The rows of one register."""

    def __init__(self, graph: Graph, shared: Graph) -> None:
        self._graph = graph
        self._shared = shared
        register = self._first(None, RDF.type, DG.Register)
        place, publisher = self._value(register, DCT.spatial), self._value(register, DCT.publisher)
        self._where = (self._zh(place), self._zh(publisher))

    def fill(self, tables: dict[str, list[_Row]]) -> None:
        """Put every statement of the register into its table."""
        makers = {
            "主要职责": (DG.WorkItem, self._work_item),
            "职责边界": (DG.Share, self._share),
            "公共服务事项": (DG.ServiceItem, self._service),
            "监管制度": (DG.RegimeItem, self._regime_item),
            "监管指标": (DG.Indicator, self._indicator),
            "处罚": (DG.Penalty, self._penalty),
            "依据": (DG.Citation, self._citation),
        }
        for name, (kind, make) in makers.items():
            nodes = sorted(self._graph.subjects(RDF.type, kind), key=lambda node: int(self._text(node, DG.order) or 0))
            tables[name].extend((*self._where, *make(node), self._cell(node)) for node in nodes)

    def _first(self, subject: Node | None, predicate: URIRef, value: Node | None) -> Node | None:
        return self._graph.value(subject, predicate, value, any=True)

    def _value(self, node: Node | None, predicate: URIRef) -> Node | None:
        return None if node is None else self._first(node, predicate, None)

    def _text(self, node: Node | None, predicate: URIRef) -> str:
        return "" if node is None else "、".join(sorted(str(value) for value in self._graph.objects(node, predicate)))

    def _zh(self, node: Node | None) -> str:
        if node is None:
            return ""
        labels = (*self._graph.objects(node, SKOS.prefLabel), *self._shared.objects(node, SKOS.prefLabel))
        return next((str(label) for label in labels if getattr(label, "language", None) == "zh"), "")

    def _cell(self, node: Node) -> str:
        cell = self._value(node, PROV.wasQuotedFrom)
        return "，".join(filter(None, (self._text(cell, DG.section), self._text(cell, DG.locator))))

    def _units(self, node: Node) -> str:
        names = sorted(self._zh(unit) for unit in self._graph.objects(node, DG.responsibleUnit))
        return "、".join(names) or self._text(node, DG.departmentName)

    def _work_item(self, node: Node) -> _Row:
        duty = self._value(node, DCT.isPartOf)
        return (
            self._text(duty, DCT.identifier),
            self._text(duty, DCT.description),
            self._text(node, DCT.description),
            self._units(node),
            self._text(node, DG.remark),
        )

    def _share(self, node: Node) -> _Row:
        matter = self._value(node, DG.ofMatter)
        citations = self._graph.objects(matter, DG.hasCitation)
        return (
            self._text(matter, DCT.identifier),
            self._text(matter, DCT.title),
            self._zh(self._value(node, CV.hasParticipant)),
            self._text(node, DCT.description),
            "；".join(sorted(self._text(citation, DG.citedText) for citation in citations)),
            self._text(self._value(matter, DG.hasCase), DCT.description),
        )

    def _service(self, node: Node) -> _Row:
        titles = (DCT.identifier, DCT.title, DCT.description)
        return (*(self._text(node, one) for one in titles), self._units(node), self._text(node, DG.phone))

    def _regime_item(self, node: Node) -> _Row:
        regime = self._value(node, DCT.isPartOf)
        own = (DG.heading, DCT.identifier, DCT.description)
        return (
            self._text(regime, DCT.identifier),
            self._text(regime, DCT.title),
            *(self._text(node, one) for one in own),
        )

    def _indicator(self, node: Node) -> _Row:
        own = (DCT.description, DG.comparator, DG.value, DG.unit, DG.period, DG.perYearRate)
        return (self._text(self._value(node, DCT.isPartOf), DCT.title), *(self._text(node, one) for one in own))

    def _penalty(self, node: Node) -> _Row:
        own = (DCT.description, DG.minAmount, DG.maxAmount, DG.minDays, DG.maxDays)
        return (self._text(self._value(node, DCT.isPartOf), DCT.title), *(self._text(node, one) for one in own))

    def _citation(self, node: Node) -> _Row:
        holder = self._first(None, DG.hasCitation, node)
        law: Any = self._value(node, DG.resolvesTo)
        own = (DG.citedTitle, DG.citedNumber, DG.citedArticle, DG.resolutionStatus)
        return (
            self._text(holder, DCT.title) or self._text(holder, DCT.description),
            *(self._text(node, one) for one in own),
            str(law).rsplit("/", 1)[-1] if law else "",
        )
