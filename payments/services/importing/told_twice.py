"""Payments that a statement and ГИС ГМП both tell of: the line is the money, the notice a repeat.

Both name the order by its account, number, day and sum; the payer's INN, or else the account that
the money left, says which of the payments of an order is meant. Whichever comes first, the money
ends on the line, and what the notice knows (who, and on which day) speaks for it.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from common.formats import short_day
from payments.matching import MoneyIn, Part
from payments.models import Place, Placement, QueueReason, SamePayment, StatementLine
from payments.services.importing.staging import ask, run
from payments.services.ledger import anew, claim_endings, joining, ledger
from payments.services.ledger.books import Books, as_it_is
from payments.services.ledger.entries import current, entries_of
from payments.services.ledger.moves import Move
from payments.services.ledger.payers import lock_people

UNPAIRED = """
NOT EXISTS (
    SELECT FROM payments_samepayment AS known
    WHERE known.notice_id = kept.id OR known.line_id = kept.id
)
AND EXISTS (
    SELECT FROM payments_placement AS place
    WHERE place.line_id = kept.id AND place.closed_at IS NULL
        AND place.queue_reason <> 'held' AND place.place <> 'set_aside'
)
"""
# `mine` is a line of a file that is taken in, `kept` one that is there; one of them is a notice.
SAME = f"""
kept.document_number = mine.document_number AND kept.document_date = mine.document_date
AND kept.amount = mine.amount AND mine.document_number <> ''
AND (kept.uin = mine.uin OR '' IN (kept.uin, mine.uin))
AND (kept.payment_id = '') <> (mine.payment_id = '') AND kept.said = 'new' AND mine.said = 'new'
AND (
    kept.payer_inn <> '' AND kept.payer_inn = mine.payer_inn
    OR mine.payment_id <> '' AND mine.payer_inn <> ''
        AND position(mine.payer_inn IN kept.purpose) > 0
    OR kept.payment_id <> '' AND kept.payer_inn <> ''
        AND position(kept.payer_inn IN mine.purpose) > 0
    OR kept.payer_account <> '' AND kept.payer_account = mine.payer_account
        AND '' IN (kept.payer_inn, mine.payer_inn)
)
AND {UNPAIRED}
"""
# A charge of one number, paid once: one of the two may leave out the order or the payer.
SAME_CHARGE = f"""
kept.uin = mine.uin AND kept.uin <> '' AND kept.amount = mine.amount
AND (kept.payment_id = '') <> (mine.payment_id = '') AND kept.said = 'new' AND mine.said = 'new'
AND {UNPAIRED}
"""
ANY_NOTICE = """
SELECT EXISTS (SELECT FROM import_line WHERE payment_id <> '')
    OR EXISTS (SELECT FROM payments_statementline WHERE payment_id <> '')
"""
OF_STAGED = """
SELECT mine.digest, mine.seq, kept.id
FROM import_line AS mine JOIN payments_account AS account ON account.number = mine.account
JOIN payments_statementline AS kept ON kept.account_id = account.id AND {same}
WHERE {which} AND NOT EXISTS (
    SELECT FROM payments_statementline AS same WHERE same.digest = mine.digest
)
ORDER BY mine.digest, mine.seq, kept.digest, kept.occurrence
"""
# One more of a line that is kept already: at most so many there are by any reading of the files.
OF_ONE_MORE = f"""
WITH again AS (
    SELECT digest, min(seq) AS seq, count(*) AS shown, (
        SELECT count(*) FROM payments_statementline AS same WHERE same.digest = import_line.digest
    ) AS there
    FROM import_line WHERE payment_id = '' GROUP BY digest
), more AS (
    SELECT mine.*, there, account.id AS account_id, CASE
        WHEN mine.posted_on <= file.whole_through THEN shown
        ELSE (SELECT sum(count) FROM payments_sighting AS seen WHERE seen.digest = again.digest)
    END AS most
    FROM again JOIN import_line AS mine USING (seq, digest)
    JOIN payments_account AS account ON account.number = mine.account
    JOIN payments_statement AS file ON file.account_id = account.id AND file.id = ANY(%s)
    WHERE there > 0
)
SELECT mine.digest, mine.there, mine.most, kept.id
FROM more AS mine JOIN payments_statementline AS kept
    ON kept.account_id = mine.account_id AND {SAME}
WHERE there < most ORDER BY mine.digest, kept.digest, kept.occurrence
"""
OF_RELEASED = f"""
SELECT mine.digest, mine.id, kept.id
FROM payments_sighting AS shown JOIN payments_statementline AS mine USING (digest)
JOIN payments_statementline AS kept ON kept.account_id = mine.account_id AND {SAME}
WHERE shown.statement_id = %s AND NOT EXISTS (
    SELECT FROM payments_samepayment AS known
    WHERE known.notice_id = mine.id OR known.line_id = mine.id
)
ORDER BY mine.digest, mine.occurrence, kept.digest, kept.occurrence
"""
NOTHING = 0
FILL = """
INSERT INTO import_pair
SELECT digest, kept::bigint[] FROM unnest(%s::text[], %s::text[]) AS new (digest, kept)
"""


class Row(Protocol):
    """A line that was just kept; its sample says which kept lines tell of the same."""

    line_id: int
    occurrence: int

    @property
    def sample(self): ...

    @property
    def counts(self) -> bool: ...


def find(statement_ids: list[int]) -> None:
    """Which staged lines tell of payments that kept ones tell of, each of one of them."""
    run("CREATE TEMP TABLE import_pair (digest text PRIMARY KEY, kept bigint[])")
    if not ask(ANY_NOTICE)[0][0]:
        return
    by_order = ask(OF_STAGED.format(same=SAME, which="true"))
    by_charge = ask(OF_STAGED.format(same=SAME_CHARGE, which="mine.uin <> ''"))
    found = one_each([*by_order, *by_charge])
    found |= _one_more(
        ask(OF_ONE_MORE, statement_ids), {pk for some in found.values() for pk in some}
    )
    digests = list(found)
    arrays = ["{" + ",".join(map(str, found[digest])) + "}" for digest in digests]
    run(FILL, digests, arrays)


def _one_more(found: Iterable[tuple[str, int, int, int]], taken: set[int]) -> dict[str, list[int]]:
    """By likeness, with nothing in the places of the lines that are there already."""
    pairs: dict[str, list[int]] = {}
    for digest, there, most, kept in found:
        some = pairs.setdefault(digest, [NOTHING] * there)
        if kept not in taken and len(some) < most:
            some.append(kept)
            taken.add(kept)
    return pairs


def spared() -> list[int]:
    """Kept notices whose lines the staged file brings: it denies them no more."""
    asked = "SELECT DISTINCT pk FROM import_pair, unnest(kept) AS pk WHERE pk <> %s"
    return [pk for (pk,) in ask(asked, NOTHING)]


def not_judged(digests: Collection[str]) -> set[str]:
    """Notices that do not say when the money was executed: their day of posting is a guess; and
    rows of registers whose order is there."""
    guessed = ~Q(payment_id="") & ~Q(raw__has_key="paymentExecDate")
    found = StatementLine.objects.filter(guessed | Q(order__isnull=False))
    return set(found.filter(digest__in=list(digests)).values_list("digest", flat=True))


def one_each(candidates: Iterable[tuple[str, int, int]]) -> dict[str, list[int]]:
    """By likeness the kept lines, none of them twice, and no line of the file for two."""
    found, used, taken = {}, set(), set()
    for digest, mine, kept in candidates:
        if mine not in used and kept not in taken:
            found.setdefault(digest, []).append(kept)
            used.add(mine)
            taken.add(kept)
    return found


def settle(rows: Iterable[Row]) -> tuple[set[int], ledger.Round]:
    """The pairs of lines just kept; returns the lines that need no decision any more. The caller
    holds the account."""
    pairs = {row.line_id: row.sample.pairs[row.occurrence - 1] for row in rows if _is_paired(row)}
    return set(pairs), join(pairs)


def _is_paired(row: Row) -> bool:
    """A notice is whatever other files say of it; of equal lines only those that are real."""
    pairs = row.sample.pairs[row.occurrence - 1 : row.occurrence]
    return any(pairs) and (row.sample.is_notice or row.counts)


def settle_released(statement_id: int) -> None:
    candidates = ask(OF_RELEASED, statement_id)
    kept, used = {}, set()
    for _digest, mine, other in candidates:
        if mine not in kept and other not in used:
            kept[mine] = other
            used.add(other)
    join(kept)


def join(pairs: dict[int, int]) -> ledger.Round:
    """Lines and notices by their keys, in either order."""
    if not pairs:
        return ledger.Round(Books())
    found = StatementLine.objects.select_related("account").in_bulk([*pairs, *pairs.values()])
    prefetch_related_objects(list(found.values()), "placements")
    lock_people(_people(found.values()))
    both = [_in_order(found[one], found[other]) for one, other in sorted(pairs.items())]
    with translation.override(settings.LANGUAGE_CODE):
        same = (SamePayment(notice=notice, line=line) for notice, line in both)
        SamePayment.objects.bulk_create(same)
        for notice, line in both:
            _join(notice, line)
        return _decide([line.pk for _notice, line in both])


def _in_order(one: StatementLine, other: StatementLine) -> tuple[StatementLine, StatementLine]:
    return (one, other) if one.payment_id else (other, one)


def _people(lines: Collection[StatementLine]) -> set[int]:
    named = (pk for entry in entries_of(lines) for pk in entry.people)
    return {*named, *ledger.people_of(lines)}


def _join(notice: StatementLine, line: StatementLine) -> None:
    """What became of the pair before may have moved the money of this notice."""
    rows = list(notice.placements.current().select_related("application"))
    if _may_be_handed_over(rows) and _is_undecided(current(line)):
        _hand_over(rows, notice, line)
    else:
        _give_back(rows, notice)


def _is_undecided(rows: list[Placement]) -> bool:
    return all(row.queue_reason == QueueReason.HELD for row in rows)


def _may_be_handed_over(rows: list[Placement]) -> bool:
    """What counts stays as it is, and nobody hears of it; waiting money is decided anew."""
    joint = Placement.objects.joint().filter(pk__in=[row.pk for row in rows])
    counts = any(row.place not in (Place.QUEUE, Place.SET_ASIDE) for row in rows)
    return counts and not joint.exists()


def _hand_over(rows: list[Placement], notice: StatementLine, line: StatementLine) -> None:
    books = Books(next((row.decided_by for row in rows if row.decided_by_id), None))
    money = MoneyIn(line.amount, line.posted_on, line.paid_on)
    books.closed = [row.pk for row in (*rows, *current(line))]
    books.moves = [Move(line.pk, money, as_it_is(row), None) for row in rows]
    books.moves += [_aside(notice, line)]
    moves = books.moves
    books.write()
    _claims_follow(rows, moves)


def _claims_follow(rows: list[Placement], moves: list[Move]) -> None:
    for row, move in zip(rows, moves, strict=False):
        row.claims.update(placement_id=move.pk)


def _give_back(rows: list[Placement], notice: StatementLine) -> None:
    others = joining.let_go(rows)
    for row in rows:
        if row.place == Place.MATCHED:
            ledger.withdraw(row, notice)
        else:
            claim_endings.reopen(placement=row)
    books = Books()
    books.closed = [row.pk for row in rows]
    books.moves = [_aside(notice, notice.repeats.line)]
    books.write()
    joining.restate_first_day([*rows, *others])


def _aside(notice: StatementLine, line: StatementLine) -> Move:
    reason = _("A repeat: the line of %(day)s, order %(number)s, is the same payment.") % {
        "day": short_day(line.posted_on),
        "number": line.document_number,
    }
    money = MoneyIn(notice.amount, notice.posted_on, notice.paid_on)
    return Move(notice.pk, money, Part(notice.amount, Place.SET_ASIDE, reason), None)


def _decide(line_ids: list[int]) -> ledger.Round:
    """Lines without a place get one; what others say is not changed by what is known of it now."""
    lines = list(StatementLine.objects.filter(pk__in=line_ids).prefetch_related("placements"))
    new = [one for one in lines if _is_undecided(current(one))]
    anew.decide_anew([one for one in lines if one not in new])
    return ledger.place_lines(new)
