"""What a staged file still asks for, in slices of which no two share a person.

The people that lines name are found by one question for the whole file. A slice is one short
transaction, so nobody waits for an import; and as all of it happens or nothing, an import that was
killed goes on with the slices that are left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from payments import coverage
from payments.services.importing import divided, shared_days, told_twice
from payments.services.importing.staging import ask, run
from payments.services.ledger import elsewhere
from payments.services.ledger.called import ByInn, others_named
from payments.services.ledger.signs import ByPaper, holders_of_papers

LINES_AT_ONCE = 2000
GREW = 0.1  # of the lines that the database last counted
LINES_KNOWN = "SELECT reltuples FROM pg_class WHERE oid = 'payments_statementline'::regclass"
MOST_MONTHS = 2 * coverage.MONTHS_IN_YEAR  # of one sum: a patent's year, and the next one's

# An order that gathers many workers has no day for one of them: see `shared_days`. What is asked of
# each line in `todo` would be asked again by the filter beside it, were it not kept.
SHARE_OUT = """
CREATE TEMP TABLE import_todo AS
WITH alike AS (
    SELECT digest, min(seq) AS seq, count(*)::integer AS shown FROM import_line GROUP BY digest
), owners AS (
    SELECT seq, array_agg(DISTINCT person_id) AS people
    FROM import_line, unnest(named) AS number JOIN payments_receipt ON reference = number
    GROUP BY seq
), holders AS (
    SELECT seq, array_agg(DISTINCT person_id) AS people FROM (
        SELECT seq, person_id FROM import_line, unnest(inns) AS inn
        JOIN patents_inn ON value = inn AND valid_until IS NULL
        UNION ALL SELECT seq, person_id FROM import_holder
    ) AS found GROUP BY seq
), todo AS MATERIALIZED (
    SELECT alike.seq, alike.shown, statement.id AS statement_id,
        coalesce(owners.people, holders.people, '{}') AS people,
        owners.people IS NULL AS by_inn,
        CASE WHEN shared.account IS NULL OR line.own_day THEN line.paid_on END AS paid_on,
        EXISTS (
            SELECT FROM payments_sighting AS other
            WHERE other.digest = alike.digest AND other.statement_id <> statement.id
        ) AS seen_before,
        EXISTS (
            SELECT FROM payments_statementline AS kept WHERE kept.digest = alike.digest
        ) AS kept
    FROM alike JOIN import_line AS line USING (seq)
    JOIN payments_account AS account ON account.number = line.account
    JOIN payments_statement AS statement
        ON statement.account_id = account.id AND statement.id = ANY(%s)
    LEFT JOIN import_shared AS shared ON shared.account = line.account
        AND shared.document_number = line.document_number
        AND shared.document_date IS NOT DISTINCT FROM line.document_date
        AND shared.payer_account = line.payer_account
    LEFT JOIN owners ON owners.seq = alike.seq
    LEFT JOIN holders ON holders.seq = alike.seq
), placed AS (
    SELECT *, CASE WHEN cardinality(people) = 1 THEN people[1] END AS person_id
    FROM todo WHERE seen_before OR NOT kept
), ordered AS (
    SELECT *, row_number() OVER (
        PARTITION BY statement_id, seen_before ORDER BY person_id NULLS FIRST, seq
    ) AS place FROM placed
)
SELECT seq, shown, statement_id, people, person_id, by_inn, paid_on, seen_before,
    CASE WHEN person_id IS NULL THEN place
        ELSE min(place) OVER (PARTITION BY statement_id, seen_before, person_id)
    END / %s AS slice
FROM ordered
"""
# Whom lines lead to that name no INN of ours: by the UIN of an earlier line, by a paper. That the
# kept one has a UIN is said for its index, which holds few lines.
HOLDERS = """
CREATE TEMP TABLE import_holder AS
SELECT DISTINCT mine.seq, application.person_id
FROM import_line AS mine JOIN payments_statementline AS kept ON kept.uin = mine.uin
    AND kept.uin <> '' AND kept.digest <> mine.digest
JOIN payments_placement AS place ON place.line_id = kept.id
    AND place.closed_at IS NULL AND place.place = 'matched'
JOIN patents_application AS application ON application.id = place.application_id
WHERE mine.uin <> ''
"""
WITH_PAPERS = """
SELECT seq, identifier, payer_name FROM import_line
WHERE identifier <> '' AND inns = '{}' AND seq > %s ORDER BY seq LIMIT %s
"""
HOLDER = "INSERT INTO import_holder SELECT * FROM unnest(%s::integer[], %s::bigint[])"
BY_INN = """
SELECT todo.seq, line.purpose, todo.person_id, coalesce(inn.value, '')
FROM import_todo AS todo JOIN import_line AS line USING (seq)
LEFT JOIN patents_inn AS inn ON inn.person_id = todo.person_id AND inn.valid_until IS NULL
WHERE todo.by_inn AND todo.person_id IS NOT NULL AND todo.seq > %s ORDER BY todo.seq LIMIT %s
"""
# The line stays in its slice: nobody's months are touched by it any more.
OF_SEVERAL = """
UPDATE import_todo SET person_id = NULL, people = people || others::bigint[]
FROM unnest(%s::integer[], %s::text[]) AS named (line, others) WHERE seq = line
"""
SLICES = """
SELECT statement_id, seen_before, slice, sum(shown) FROM import_todo
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
# By OFFSET 0 each line is looked for by itself: joined as the planner likes, a slice would read the
# whole file, and a file has the more slices the longer it is.
ROWS = f"""
SELECT todo.seq, line.digest, todo.shown, todo.people, line.posted_on, todo.paid_on, line.amount,
    line.named, CASE WHEN todo.person_id IS NULL THEN line.purpose ELSE '' END,
    line.payer_account, line.payer_inn, line.said,
    coalesce(pair.kept, '{{}}'), line.payment_id <> '',
    (line.payment_id = '' OR line.raw ? 'paymentExecDate') AND part.line_id IS NULL,
    part.line_id, coalesce(whole.rows, '{{}}'),
    {elsewhere.other("line", "ordered")}
FROM import_todo AS todo
CROSS JOIN LATERAL (SELECT * FROM import_line WHERE seq = todo.seq OFFSET 0) AS line
LEFT JOIN import_pair AS pair USING (digest)
LEFT JOIN import_division AS part ON part.digest = line.digest AND part.line_id IS NOT NULL
LEFT JOIN import_division AS whole ON whole.digest = line.digest AND whole.rows IS NOT NULL
LEFT JOIN payments_statementline AS ordered ON ordered.id = part.line_id
CROSS JOIN {elsewhere.OURS}
WHERE todo.statement_id = %s AND todo.seen_before = %s AND todo.slice = %s ORDER BY todo.seq
"""
KEEP = """
INSERT INTO payments_statementline (
    id, statement_id, account_id, digest, occurrence, posted_on, document_number, document_date,
    amount, payer_name, payer_account, payer_inn, purpose, paid_on, own_day, said, payment_id,
    uin, raw
)
SELECT new.id, statement.id, statement.account_id, line.digest, new.occurrence, line.posted_on,
    line.document_number, line.document_date, line.amount, line.payer_name, line.payer_account,
    line.payer_inn, line.purpose, todo.paid_on, line.own_day, line.said,
    line.payment_id, line.uin, line.raw
FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) AS new (id, seq, occurrence)
CROSS JOIN LATERAL (SELECT * FROM import_todo WHERE seq = new.seq OFFSET 0) AS todo
CROSS JOIN LATERAL (SELECT * FROM import_line WHERE seq = new.seq OFFSET 0) AS line
JOIN payments_statement AS statement ON statement.id = todo.statement_id
"""
KEPT_ALREADY = " ON CONFLICT (digest, occurrence) DO NOTHING RETURNING id"
ODD = """
SELECT coalesce(sum(todo.shown), 0) FROM import_todo AS todo JOIN import_line AS line USING (seq)
WHERE todo.statement_id = %s AND line.said = 'new' AND (todo.person_id IS NULL OR NOT EXISTS (
    SELECT FROM payments_receipt AS receipt
    WHERE receipt.reference = ANY(line.named) AND receipt.amount = line.amount
) AND NOT EXISTS (
    SELECT FROM payments_tariff AS tariff WHERE tariff.region = %s
        AND daterange(valid_from, valid_until, '[]') @> coalesce(todo.paid_on, line.posted_on)
        AND mod(line.amount, tariff.monthly) = 0 AND line.amount <= tariff.monthly * %s
))
"""
# Sums of known people that are whole months when their kopecks are roubles, or their roubles are
# kopecks. Of nobody, a hundred months are an order for a hundred workers.
MISREAD = """
SELECT coalesce(sum(todo.shown) FILTER (WHERE mod(line.amount, tariff.monthly * 100) = 0), 0),
    coalesce(sum(todo.shown) FILTER (WHERE mod(line.amount * 100, tariff.monthly) = 0
        AND line.amount * 100 <= tariff.monthly * %s), 0),
    sum(todo.shown)
FROM import_todo AS todo JOIN import_line AS line USING (seq)
LEFT JOIN payments_tariff AS tariff ON todo.person_id IS NOT NULL AND tariff.region = %s
    AND daterange(valid_from, valid_until, '[]') @> coalesce(todo.paid_on, line.posted_on)
WHERE todo.statement_id = %s AND line.said = 'new'
"""


@dataclass(frozen=True, slots=True)
class Slice:
    """Kinds of equal lines of one statement; `seen_before`: other files show them, too."""

    statement_id: int
    seen_before: bool
    number: int
    lines: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the equal lines of a file, and how many it shows; the purpose is left out where the
    person is known: nothing is read from it any more.

    `pairs` are kept lines about the very payments, see `told_twice`; `order_id` is the kept line of
    its order, `rows` the kept rows that divide this one, see `divided`; `is_judged`: a statement of
    its whole day would show it; `other_kbk` and `other_oktmo`: where they
    are not ours.
    """

    seq: int
    digest: str
    shown: int
    people: list[int]
    posted_on: date
    paid_on: date | None
    amount: Decimal
    references: list[str]
    purpose: str
    payer_account: str
    payer_inn: str
    said: str
    pairs: list[int]
    is_notice: bool
    is_judged: bool
    order_id: int | None
    rows: list[int]
    other_kbk: str | None
    other_oktmo: str | None
    notice = None

    @property
    def day(self) -> date | None:
        return self.paid_on

    order_day = day


def share_out(statement_ids: list[int]) -> None:
    """Find out what is left to do for the staged lines, and for whom."""
    shared_days.find()
    told_twice.find(statement_ids)
    divided.find(statement_ids)
    _find_holders()
    run(SHARE_OUT, statement_ids, LINES_AT_ONCE)
    run("CREATE INDEX ON import_todo (slice); CREATE INDEX ON import_todo (seq)")
    run("ANALYZE import_todo")
    _look_who_else_is_named()


def _find_holders() -> None:
    run(HOLDERS)
    last = 0
    while found := [ByPaper(*row) for row in ask(WITH_PAPERS, last, LINES_AT_ONCE)]:
        last = found[-1].key
        pairs = [(seq, pk) for seq, people in holders_of_papers(found).items() for pk in people]
        if pairs:
            run(HOLDER, *map(list, zip(*pairs, strict=True)))


def _look_who_else_is_named() -> None:
    """A relative's INN says nothing where the purpose names the worker."""
    last = 0
    while found := [ByInn(*row) for row in ask(BY_INN, last, LINES_AT_ONCE)]:
        last = found[-1].key
        named = others_named(found)
        others = ["{" + ",".join(map(str, sorted(people))) + "}" for people in named.values()]
        if named:
            run(OF_SEVERAL, list(named), others)


def slices() -> list[Slice]:
    return [Slice(*row) for row in ask(SLICES)]


def look_at_what_grew(slices_done: int, lines_done: int) -> None:
    """Tables that were small when the database last looked at them are read whole for each slice;
    it looks by itself once a minute. After 1, 4, 16… slices: a dozen times in a million lines. The
    few lines of a day change nothing of what it knows of a year."""
    if slices_done.bit_count() == 1 and slices_done.bit_length() % 2:
        [[known]] = ask(LINES_KNOWN)
        if lines_done > known * GREW:
            run("ANALYZE payments_placement, payments_statementline")


def samples(one: Slice) -> list[Sample]:
    found = ask(ROWS, settings.REGION, one.statement_id, one.seen_before, one.number)
    return [Sample(*row) for row in found]


def odd_lines(statement_id: int, region: str) -> int:
    """How many lines name nobody, or a sum that is neither their receipt's nor whole months."""
    [[count]] = ask(ODD, statement_id, region, MOST_MONTHS)
    return int(count)


def misread(statement_id: int, region: str) -> tuple[int, int, int]:
    """How many sums are a hundred times whole months, how many the hundredth part of them, and
    how many lines there are."""
    [[larger, smaller, lines]] = ask(MISREAD, coverage.MONTHS_IN_YEAR, region, statement_id)
    return int(larger), int(smaller), int(lines or 0)


def keep(rows: Iterable[tuple[int, int, int]]) -> None:
    """Write lines: the key, which sample of the file it is, and which of the equal ones."""
    run(KEEP, *_columns(rows))


def keep_what_is_new(rows: Iterable[tuple[int, int, int]]) -> set[int]:
    """As `keep`, but those that are there already stay as they are; returns the keys written."""
    return {key for [key] in ask(KEEP + KEPT_ALREADY, *_columns(rows))}


def _columns(rows: Iterable[tuple[int, int, int]]) -> list[list[int]]:
    rows = list(rows)
    return [[row[column] for row in rows] for column in range(3)]
