"""The tables of a register as triples: duties with work items, matters with shares, services."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from dutygraph.graph.clauses import role_concept
from dutygraph.graph.iris import mint_matter
from dutygraph.graph.literals import zh
from dutygraph.graph.provenance import Triple
from dutygraph.graph.sheet import Sheet
from dutygraph.graph.vocab import CPSV, CV, DCT, DG, RDF, XSD
from dutygraph.model import Matter, Service, Share, WorkItem

__all__ = ["duty_triples", "matter_triples", "service_triples", "unread_triples"]


def duty_triples(sheet: Sheet) -> Iterator[Triple]:
    """主要职责 and 具体工作事项."""
    for duty in sheet.register.duties:
        node = sheet.mint.hashed("duty", duty.text.text)
        yield from sheet.described(node, DG.Duty, duty.text)
        yield node, RDF.type, CPSV.PublicService
        yield node, DCT.identifier, Literal(duty.no)
        yield node, CV.hasCompetentAuthority, sheet.parties.publisher
        yield from sheet.responsible(node, sheet.parties.publisher)
        yield from sheet.mentioned(node, duty.text, sheet.parties.publisher)
        yield from sheet.clauses(node, duty.text)
        for position, item in enumerate(duty.work_items, 1):
            yield from _work_item(sheet, node, item, f"{duty.no}.{position}")


def _work_item(sheet: Sheet, duty_node: URIRef, item: WorkItem, number: str) -> Iterator[Triple]:
    cell_words = item.department.text if item.department else ""
    node = sheet.mint.hashed("item", cell_words, item.text.text)
    yield from sheet.described(node, DG.WorkItem, item.text)
    yield node, DCT.isPartOf, duty_node
    # registers do not number their work items, and a public service (CPSV-AP) has an identifier and an authority
    yield node, DCT.identifier, Literal(number)
    yield node, CV.hasCompetentAuthority, sheet.parties.publisher
    yield from sheet.responsible(node, sheet.parties.publisher, item.departments)
    if item.department is not None:
        yield node, DG.departmentCell, sheet.cells.cell(item.department)
    if item.remark:
        yield node, DG.remark, zh(item.remark.text)
        yield node, DG.remarkCell, sheet.cells.cell(item.remark)
    yield from sheet.mentioned(node, item.text, sheet.parties.publisher)
    yield from sheet.cited(node, item.citations)
    yield from sheet.clauses(node, item.text)


def matter_triples(sheet: Sheet) -> Iterator[Triple]:
    """管理事项 with the shares, legal bases and cases."""
    for matter in sheet.register.matters:
        name = matter.name.text
        node = sheet.mint.counted(mint_matter(sheet.register.id, name or f"_{matter.no}"), "matter", name)
        yield from sheet.statement(node, DG.Matter, matter.name)
        yield node, RDF.type, CV.Event
        yield node, DCT.identifier, Literal(matter.no)
        yield node, DCT.title, zh(name)
        yield from _basis_and_case(sheet, node, matter)
        for share in matter.shares:
            yield from _share(sheet, node, matter, share)


def _basis_and_case(sheet: Sheet, node: URIRef, matter: Matter) -> Iterator[Triple]:
    if matter.basis is not None:
        yield node, DG.basisCell, sheet.cells.cell(matter.basis)
    yield from sheet.cited(node, matter.legal_bases)
    if matter.case is not None:
        yield node, DG.caseCell, sheet.cells.cell(matter.case)
    if matter.case:
        case = sheet.mint.hashed("case", matter.name.text, matter.case.text)
        yield node, DG.hasCase, case
        yield from sheet.described(case, DG.CaseExample, matter.case)
        yield case, DG.ofMatter, node
        yield from sheet.mentioned(case, matter.case)


def _share(sheet: Sheet, matter_node: URIRef, matter: Matter, share: Share) -> Iterator[Triple]:
    node = sheet.mint.hashed("share", matter.name.text, share.agency.text, share.text.text)
    # a blank cell names nobody: the gate refuses the share and shows the cell
    agency = sheet.parties.agency(share.agency_name) if share.agency else None
    yield matter_node, DG.hasShare, node
    yield from sheet.described(node, DG.Share, share.text)
    yield node, RDF.type, CV.Participation
    yield node, DG.ofMatter, matter_node
    yield node, DG.agencyCell, sheet.cells.cell(share.agency)
    if share.role is not None:
        yield node, CV.role, role_concept(share.role)
    if agency is not None:
        yield node, CV.hasParticipant, agency
        yield from sheet.responsible(node, agency)
    yield from sheet.mentioned(node, share.text, agency)
    yield from sheet.clauses(node, share.text)


def service_triples(sheet: Sheet) -> Iterator[Triple]:
    """公共服务事项."""
    for service in sheet.register.services:
        yield from _service(sheet, service)


def _service(sheet: Sheet, service: Service) -> Iterator[Triple]:
    department = service.department.text if service.department else ""
    node = sheet.mint.hashed("service", service.name.text, department)
    yield from sheet.statement(node, DG.ServiceItem, service.content or service.name)
    yield node, RDF.type, CPSV.PublicService
    yield node, DCT.identifier, Literal(service.no)
    yield node, DCT.title, zh(service.name.text)
    yield node, DG.titleCell, sheet.cells.cell(service.name)
    yield node, CV.hasCompetentAuthority, sheet.parties.publisher
    if service.content:
        yield node, DCT.description, zh(service.content.text)
    yield from sheet.responsible(node, sheet.parties.publisher, service.departments)
    if service.department is not None:
        yield node, DG.departmentCell, sheet.cells.cell(service.department)
        if department:
            yield node, DG.departmentName, Literal(department)
    for phone in service.phones:
        yield node, DG.phone, Literal(phone)
    if service.phone is not None:
        yield node, DG.phoneCell, sheet.cells.cell(service.phone)
    for date in service.annual_dates:
        yield node, DG.annualDate, Literal(date, datatype=XSD.gMonthDay)


def unread_triples(sheet: Sheet) -> Iterator[Triple]:
    """Cells that no column is known for: kept as they stand."""
    for cell in sheet.register.unread:
        node = sheet.mint.hashed("unread", cell.text.text)
        yield from sheet.described(node, DG.UnreadText, cell.text)
        yield node, DG.reason, Literal(cell.reason)
