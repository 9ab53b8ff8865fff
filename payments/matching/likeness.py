"""Whom a line is like, when nothing in it names one person for certain: points for each sign.

Pure and deterministic: the same line and the same people give the same candidates in the same
order. What the points are and why: docs/matching.md.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts import names
from payments.matching import scores
from payments.matching.called import forms
from payments.matching.near import digits_in, near_inns, near_references, words_in


class Mark(TextChoices):
    """Why a candidate fits, in words that a clerk reads one after another."""

    PAPER = "paper", _("a receipt of this person is named")
    PAPER_NEAR = "paper_near", _("a receipt number differs by one character")
    INN = "inn", _("the INN is this person's")
    INN_NEAR = "inn_near", _("the INN differs by one digit")
    INN_FORMER = "inn_former", _("the INN was this person's before")
    PATENT = "patent", _("the number of the patent is named")
    APPLICATION = "application", _("the number of the application is named")
    PASSPORT = "passport", _("the number of the passport is named")
    FULL_NAME = "full_name", _("the whole name is the same")
    NAME = "name", _("the last and the first name are the same")
    INITIALS = "initials", _("the last name and the initials are the same")
    SUM_OF_PAPER = "sum_of_paper", _("the sum is that of an open receipt")
    SUM_OF_MONTHS = "sum_of_months", _("the sum is whole months")
    RIVAL = "rival", _("somebody else fits nearly as well")
    CROWD = "crowd", _("many people have this name: search for the payer by another sign")


POINTS = {
    Mark.PAPER: 45,
    Mark.PAPER_NEAR: 40,
    Mark.INN: 45,
    Mark.INN_NEAR: 40,
    Mark.INN_FORMER: 40,
    Mark.PATENT: 40,
    Mark.APPLICATION: 35,
    Mark.PASSPORT: 35,
    Mark.FULL_NAME: 30,
    Mark.NAME: 25,
    Mark.INITIALS: 15,
    Mark.SUM_OF_PAPER: 15,
    Mark.SUM_OF_MONTHS: 10,
}
SHORTEST_APPLICATION = 6  # digits


@dataclass(frozen=True, slots=True)
class OpenPaper:
    receipt_id: int
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Suspect:
    """What is known of one person, for the application that their money would go to."""

    application_id: int
    name: tuple[str, str, str]  # last, first and middle
    inn: str = ""
    former_inns: tuple[str, ...] = ()
    patents: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()
    papers: tuple[OpenPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says of its payer."""

    amount: Decimal
    paid_on: date
    references: frozenset[str]
    inns: frozenset[str]  # as written, and those that one slip of the finger makes of it
    near_inns: frozenset[str]
    near_references: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]  # words, in each way and case in which they may be written

    @classmethod
    def of(cls, *, amount, paid_on: date, payer_name: str, payer_inn: str, purpose: str) -> "Words":
        text = f"{payer_name} {purpose}"
        numbers = digits_in(f"{payer_inn} {purpose}")
        references, slips = near_references(purpose)
        return cls(
            amount,
            paid_on,
            frozenset(references),
            frozenset(number for number in numbers if len(number) == 12),
            frozenset(slip for number in numbers for slip in near_inns(number)),
            frozenset(slips),
            frozenset(numbers),
            frozenset(form for word in words_in(text) for form in forms(word)),
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    application_id: int
    receipt_id: int | None
    score: int
    marks: tuple[Mark, ...]

    @property
    def is_likely(self) -> bool:
        """One member of the staff may take it; a lesser one needs two."""
        return self.score >= scores.LIKELY


def why(marks: Iterable[str]) -> str:
    """«The INN differs by one digit, the whole name is the same, the sum is whole months.»"""
    said = ", ".join(str(Mark(mark).label) for mark in marks)
    return said[:1].upper() + said[1:] + "."


def candidates(
    words: Words, suspects: Iterable[Suspect], monthly: Decimal | None
) -> list[Candidate]:
    """The best first; those of whom next to nothing fits are left out."""
    found = [_weighed(words, one, monthly) for one in suspects]
    found = [one for one in found if one.score >= scores.LEAST]
    found.sort(key=lambda one: (-one.score, one.application_id))
    return _with_rivals(found)


def _with_rivals(found: list[Candidate]) -> list[Candidate]:
    """Where two fit nearly alike, neither is likely."""
    if len(found) < 2 or found[0].score - found[1].score >= scores.TOO_CLOSE:
        return found
    return [_doubted(one) for one in found]


def _doubted(one: Candidate) -> Candidate:
    return replace(one, score=min(one.score, scores.LIKELY - 1), marks=(*one.marks, Mark.RIVAL))


def _weighed(words: Words, one: Suspect, monthly: Decimal | None) -> Candidate:
    paper, sign = _paper(words, one)
    signs = (sign, _inn(words, one), *_numbers(words, one), _name(words, one))
    marks = [mark for mark in signs if mark]
    if marks and (of_sum := _sum(words, paper, monthly)):
        marks.append(of_sum)
    score = min(scores.HIGHEST, sum(POINTS[mark] for mark in marks))
    return Candidate(one.application_id, paper and paper.receipt_id, score, tuple(marks))


def _paper(words: Words, one: Suspect) -> tuple[OpenPaper | None, Mark | None]:
    """The receipt that is meant: the one named, else the only one of this sum."""
    for numbers, mark in (
        (words.references, Mark.PAPER),
        (words.near_references, Mark.PAPER_NEAR),
    ):
        named = [paper for paper in one.papers if paper.reference in numbers]
        if named:
            return named[0], mark
    fitting = [paper for paper in one.papers if paper.amount == words.amount]
    return (fitting[0] if len(fitting) == 1 else None), None


def _inn(words: Words, one: Suspect) -> Mark | None:
    if one.inn and one.inn in words.inns:
        return Mark.INN
    if not words.inns.isdisjoint(one.former_inns):
        return Mark.INN_FORMER
    return Mark.INN_NEAR if one.inn and one.inn in words.near_inns else None


def _numbers(words: Words, one: Suspect) -> list[Mark]:
    held = {
        Mark.PATENT: one.patents,
        Mark.APPLICATION: one.applications,
        Mark.PASSPORT: one.passports,
    }
    return [mark for mark, numbers in held.items() if not words.numbers.isdisjoint(numbers)]


def _name(words: Words, one: Suspect) -> Mark | None:
    last, first, middle = (_is_said(part, words.names) for part in one.name)
    if not last:
        return None
    if first:
        return Mark.FULL_NAME if middle and one.name[2] else Mark.NAME
    return Mark.INITIALS if _is_said(one.name[1][:1], words.names) else None


def _is_said(part: str, said: Collection[str]) -> bool:
    """Each word of it, for first names may have two."""
    words = words_in(part, shortest=1)
    return bool(words) and all(not said.isdisjoint(names.forms_of(word)) for word in words)


def _sum(words: Words, paper: OpenPaper | None, monthly: Decimal | None) -> Mark | None:
    if paper and paper.amount == words.amount:
        return Mark.SUM_OF_PAPER
    return Mark.SUM_OF_MONTHS if monthly and words.amount % monthly == 0 else None
