"""ISO 20022 camt.053, the statement of a bank, versions 001.02 to 001.13.

Of a statement only what stands before its entries is kept; the entries go by one after another.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from payments.statements import proof, xml_stream
from payments.statements.camt_entries import lines_of
from payments.statements.camt_facts import SUMS, Facts
from payments.statements.errors import NotAStatement, Refused
from payments.statements.model import Line, StatementHead
from payments.statements.proof import Turnover
from payments.statements.xml_stream import line_of

MARK = b"urn:iso:std:iso:20022:tech:xsd:camt.053."
NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:0[2-9]|1[0-3])")
MOST_STATEMENTS = 1000


class Camt053:
    """The parser of the import."""

    def recognises(self, head: bytes) -> bool:
        return xml_stream.begins_like_xml(head) and MARK in head

    def lines(self, file: BinaryIO) -> Iterator[Line | StatementHead]:
        message: dict[str, str] = {}
        current, over = None, []
        for element in xml_stream.elements(file, "GrpHdr", "Ntry", "Stmt"):
            _must_be_known(element)
            kind = xml_stream.local(element)
            if kind == "GrpHdr":
                message = xml_stream.flat(element)
                continue
            current = current or Statement(Facts(message))
            if kind == "Ntry":
                yield from current.entry(element)
            else:
                over.append(current.closed(element, len(over)))
                current = None
        yield from _heads(over)


def _must_be_known(element: etree._Element) -> None:
    if not NAMESPACE.fullmatch(xml_stream.namespace(element)):
        words = _("the version %(name)s is not known here. Ask the bank for camt.053.001.08.")
        name = xml_stream.namespace(element).rpartition(":")[2][:40]
        raise Refused(xml_stream.line_of_root(element), words % {"name": name})


@dataclass(slots=True)
class Statement:
    facts: Facts
    turnover: Turnover = field(default_factory=Turnover)
    entries: int = 0

    def entry(self, element: etree._Element) -> Iterator[Line]:
        around = element.getparent()
        if around is None or xml_stream.local(around) != "Stmt":
            raise Refused(line_of(element), _("an entry (Ntry) stands outside of a statement."))
        self.facts.learn(line_of(around), list(element.itersiblings(preceding=True))[::-1])
        self.entries += 1
        for line in lines_of(element, self.facts.account, self.facts.days):
            self.turnover.add(line.amount, outgoing=line.outgoing)
            yield line

    def closed(self, element: etree._Element, place: int) -> "Statement":
        self.facts.learn(line_of(element), element)
        given = self.facts.entries
        if given and given != str(self.entries):
            words = _("NbOfNtries is %(given)s, but the file has %(counted)d entries.")
            words %= {"given": given, "counted": self.entries}
            raise self.facts.refused("TtlNtries", words)
        if place >= MOST_STATEMENTS:
            raise Refused(self.facts.line, _("the file has too many statements (Stmt)."))
        return self


def _heads(statements: list[Statement]) -> Iterator[StatementHead]:
    """One an account; several statements of an account must follow each other."""
    if not statements:
        raise NotAStatement(_("There is no statement (Stmt) in this file of camt.053."))
    by_account = defaultdict(list)
    for one in statements:
        by_account[one.facts.account].append(one)
    yield from map(_head, by_account.values())


def _head(some: list[Statement]) -> StatementHead:
    facts = [one.facts for one in some]
    parts = [one.part for one in facts]
    for one, part in zip(some, parts, strict=True):
        proof.sums_agree([part], one.turnover, SUMS)
    first_day, last_day = min(one.days[0] for one in facts), max(one.days[1] for one in facts)
    came = sum((one.turnover.came for one in some), proof.NOTHING)
    sent = sum((one.turnover.sent for one in some), proof.NOTHING)
    agree = proof.sums_agree(parts, Turnover(came, sent), SUMS)
    before, after = proof.balances(parts)
    formed_at = _formed_at(facts)
    return StatementHead(
        account=facts[0].account,
        first_day=first_day,
        last_day=last_day,
        line=max(facts, key=lambda one: one.days[1]).line_of_days,
        sender=facts[0].sender[:160],
        file_number=facts[0].number[:40],
        formed_on=formed_at.date() if formed_at else None,
        formed_at=formed_at,
        before=before,
        after=after,
        sums_agree=agree and proof.cover(parts, first_day, last_day),
    )


def _formed_at(facts: list[Facts]) -> datetime | None:
    """The last of the stamps, unless one of the statements was formed while its days went on."""
    stamps = [one.formed_at for one in facts]
    if None in stamps:
        return None
    over = all(one.formed_at.date() > one.days[1] for one in facts)
    return max(stamps) if over else min(stamps)
