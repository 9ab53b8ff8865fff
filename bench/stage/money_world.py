"""A world for the bench of money: people with an issued patent, a counted month and an open
receipt each; and the statement files of their payments."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.stage import worlds

ISSUED, PAID, FIRST_DAY = date(2026, 1, 15), date(2026, 2, 10), date(2026, 2, 11)
ACCOUNT = "03100643000000018500"
MONTHLY = "10000.00"
WORDING = "НДФЛ в виде фиксированного авансового платежа по патенту"
BY_INN, UNKNOWN = 0.10, 0.05
SNAPSHOT = """jsonb_build_object('payer', jsonb_build_object('last_name', 'КАРИМОВ', 'first_name',
    'ТИМУР', 'middle_name', 'РУСТАМОВИЧ', 'inn', '', 'passport', 'AA1234567'), 'payee',
    'Казначейство России (ФНС России)', 'inn', '7727406020', 'kpp', '770801001', 'account',
    '03100643000000018500', 'bank', 'ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области',
    'bic', '017003983', 'kbk', '18210102040011000110', 'oktmo', '45000000', 'purpose',
    'НДФЛ в виде фиксированного авансового платежа по патенту')"""
FILL = f"""
SET session_replication_role = replica;
CREATE TEMP TABLE one (id bigint, reference text, inn text);
{{copy}}
INSERT INTO accounts_person (id, last_name, first_name, middle_name, latin_name, birth_date,
    citizenship_id, language, is_demo, created_at)
SELECT id, 'КАРИМОВ', 'ТИМУР', '', 'KARIMOV TIMUR', '1990-01-01',
    (SELECT min(code) FROM accounts_country), 'ru', false, now() FROM one;
INSERT INTO patents_application (id, person_id, number, status, ground, accepted_on,
    refusal_reason, refusal_advice, refusal_digest, first_paid_on, inn_missing,
    refusal_incomplete, created_at)
SELECT id, id, (3000000 + id)::text, 'issued', 'first', '2026-01-02', '', '', '', '2026-01-10',
    false, false, now() FROM one;
INSERT INTO patents_patent (id, source, received_at, application_id, series, number, issued_on,
    profession, annulled_reason, annulled_source, created_at)
SELECT id, 'desk', now(), id, '77', lpad(id::text, 10, '0'), '{ISSUED}', '', '', '', now() FROM one;
INSERT INTO patents_inn (id, source, received_at, person_id, value, valid_from, note)
SELECT id, 'desk', now(), id, inn, '2026-01-02', '' FROM one;
INSERT INTO payments_opening (id, is_the_one, content_hash, file_name, persons, applications,
    patents, months, amount, taken_at)
SELECT 1, true, '', 'opening', count(*), count(*), count(*), count(*), count(*) * {MONTHLY}, now()
FROM one;
INSERT INTO payments_openingmonths (id, opening_id, application_id, months, amount, counted_on)
SELECT id, 1, id, 1, {MONTHLY}, '2026-01-10' FROM one;
INSERT INTO payments_receipt (id, reference, person_id, application_id, patent_id, months, monthly,
    amount, formed_on, snapshot, status, cancel_reason, created_at)
SELECT id, reference, id, id, id, 1, {MONTHLY}, {MONTHLY}, '{PAID}', {SNAPSHOT}, 'formed', '', now()
FROM one;
INSERT INTO payments_account (number, counted_through, complete_through)
VALUES ('{ACCOUNT}', '{PAID}', '{PAID}') ON CONFLICT DO NOTHING;
DELETE FROM payments_tariff;
INSERT INTO payments_tariff (region, valid_from, monthly, source)
VALUES ('77', '2026-01-01', {MONTHLY}, 'bench');
"""


def made(people: int) -> str:
    """The name of a database with the people, to be copied; made when it is not there yet."""
    name = f"bench_money_{people}"
    if not worlds.exists(name):
        worlds.empty(f"{name}_draft")
        fill(f"{name}_draft", people)
        worlds.renamed(f"{name}_draft", name)
    else:
        worlds.migrated(name)
    return name


def reference_of(number: int) -> str:
    from payments import reference

    body = ""
    for _place in range(7):
        number, digit = divmod(number, 32)
        body += reference.ALPHABET[digit]
    return body + reference.check_character(body)


def inn_of(number: int) -> str:
    digits = [int(digit) for digit in f"77{number:08d}"]
    weights = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
    for some in (weights, [3, *weights]):
        digits.append(sum(map(int.__mul__, digits, some)) % 11 % 10)
    return "".join(map(str, digits))


def fill(name: str, people: int) -> None:
    import io
    from contextlib import closing

    import psycopg2

    text = "".join(
        f"{one}\t{reference_of(one * 7919)}\t{inn_of(one)}\n" for one in range(1, people + 1)
    )
    before, after = FILL.split("{copy}")
    with closing(psycopg2.connect(worlds.address(name))) as link, link.cursor() as cursor:
        cursor.execute(before)
        cursor.copy_expert("COPY one FROM STDIN", io.StringIO(text))
        cursor.execute(after)
        link.commit()
        link.autocommit = True
        cursor.execute("VACUUM ANALYZE")


def files(folder: Path, people: int, lines_a_file: int) -> list[Path]:
    """One whole-day statement a file: every person pays once."""
    order = random.Random(1).sample(range(1, people + 1), people)
    found = []
    for start in range(0, people, lines_a_file):
        day = FIRST_DAY + timedelta(days=len(found))
        path = folder / f"{people}-{len(found)}.txt"
        if not path.exists():
            path.write_bytes(_statement(order[start : start + lines_a_file], day))
        found.append(path)
    return found


def _statement(people: list[int], day: date) -> bytes:
    total = f"{10000 * len(people)}.00"
    formed = day + timedelta(days=1)
    head = [
        "1CClientBankExchange",
        "ВерсияФормата=1.03",
        "Кодировка=Windows",
        "Отправитель=Казначейство",
        f"ДатаСоздания={formed:%d.%m.%Y}",
        "ВремяСоздания=00:10:00",
        f"ДатаНачала={day:%d.%m.%Y}",
        f"ДатаКонца={day:%d.%m.%Y}",
        f"РасчСчет={ACCOUNT}",
        "СекцияРасчСчет",
        f"ДатаНачала={day:%d.%m.%Y}",
        f"ДатаКонца={day:%d.%m.%Y}",
        f"РасчСчет={ACCOUNT}",
        "НачальныйОстаток=0.00",
        f"ВсегоПоступило={total}",
        "ВсегоСписано=0.00",
        f"КонечныйОстаток={total}",
        "КонецРасчСчет",
    ]
    documents = (line for person in people for line in _document(person, day))
    return "\r\n".join([*head, *documents, "КонецФайла", ""]).encode("cp1251")


def _document(person: int, day: date) -> Iterator[str]:
    chance = random.Random(person).random()
    known = chance >= BY_INN + UNKNOWN
    inn = "7707083893" if chance < UNKNOWN else inn_of(person)
    purpose = f"{WORDING}, квитанция MMC-{reference_of(person * 7919)}" if known else WORDING
    yield "СекцияДокумент=Платежное поручение"
    yield f"Номер={person}"
    yield f"Дата={PAID:%d.%m.%Y}"
    yield f"Сумма={MONTHLY}"
    yield f"ПлательщикСчет=408178109{person:011d}"
    yield f"ДатаСписано={PAID:%d.%m.%Y}"
    yield f"ПлательщикИНН={inn}"
    yield "Плательщик1=КАРИМОВ ТИМУР РУСТАМОВИЧ"
    yield f"ПолучательСчет={ACCOUNT}"
    yield f"ДатаПоступило={day:%d.%m.%Y}"
    yield "ПолучательИНН=7727406020"
    yield "ПолучательКПП=770801001"
    yield "Код=0"
    yield "СтатусСоставителя=13"
    yield "ПоказательКБК=18210102040011000110"
    yield "ОКАТО=45000000"
    yield "ПоказательОснования=0"
    yield "ПоказательПериода=0"
    yield "ПоказательНомера=0"
    yield "ПоказательДаты=0"
    yield f"НазначениеПлатежа={purpose}"
    yield "КонецДокумента"
