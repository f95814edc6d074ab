"""Every quoted text of a register, for checks that look at all of them."""

from __future__ import annotations

from collections.abc import Iterator

from dutygraph.model import Quote, Register

__all__ = ["iterate_quotes"]


def iterate_quotes(register: Register) -> Iterator[Quote]:
    """All texts of the register once, section by section: duties, matters, services, regimes, what was kept raw."""
    for duty in register.duties:
        yield duty.text
        for item in duty.work_items:
            yield from _filled(item.text, item.department, item.remark)
    for matter in register.matters:
        yield from _filled(matter.name, matter.basis, matter.case)
        for share in matter.shares:
            yield share.agency
            yield share.text
    for service in register.services:
        yield from _filled(service.name, service.content, service.department, service.phone)
    for regime in register.regimes:
        yield regime.title
        yield from regime.preamble
        for section in regime.sections:
            yield section.heading
            yield from (item.text for item in section.items)
    for unread in register.unread:
        yield unread.text


def _filled(*quotes: Quote | None) -> Iterator[Quote]:
    for quote in quotes:
        if quote is not None:
            yield quote
