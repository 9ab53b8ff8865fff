"""The Treasury: what it takes, when it posts, what its files say."""

from datetime import date, datetime

import pytest
import time_machine

from sandbox import ticker
from sandbox.config import Config
from sandbox.factory import create_app
from sandbox.treasury import deposit, outbox
from tests.sandbox.helpers import ACQUIRER_INN, QR, WORKER_INNS, capture, files, order, parse

NOON = "2026-02-14 12:00:00+03:00"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_money_is_posted_when_its_delay_is_over_and_not_before(world, config, noon):
    world.treasury.pay_receipt(QR)

    noon.shift(19)
    world.treasury.tick()
    assert files(config) == []
    noon.shift(1)
    world.treasury.tick()

    [content] = files(config)
    assert len(parse(content)[2]) == 1


def test_a_file_is_cp1251_with_crlf_and_its_head_names_its_day(world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    [content] = files(config)
    head, account, _documents = parse(content)
    assert content.startswith(b"1CClientBankExchange\r\n")
    assert content.endswith("КонецФайла\r\n".encode("cp1251"))
    assert head["ВерсияФормата"] == "1.03"
    assert (head["ДатаСоздания"], head["ВремяСоздания"]) == ("14.02.2026", "12:00:00")
    assert head["ДатаНачала"] == head["ДатаКонца"] == "14.02.2026"
    assert head["РасчСчет"] == account["РасчСчет"] == "03100643000000018500"


def test_the_order_of_a_printed_receipt_says_what_its_qr_says(world, config):
    world.treasury.pay_receipt(QR, paid_on=date(2026, 2, 10), bank="АО «Зелёный банк»")
    world.treasury.post_now()

    [document] = parse(files(config)[0])[2]
    assert document["вид"] == "Платежное поручение"
    assert document["Дата"] == document["ДатаСписано"] == "10.02.2026"
    assert document["ДатаПоступило"] == "14.02.2026"
    assert document["Сумма"] == "10000.00"
    assert document["ПлательщикИНН"] == "775100004210"
    assert document["Плательщик1"] == "Тестов Тест"
    assert document["ПлательщикБанк1"] == "АО «Зелёный банк»"
    assert document["НазначениеПлатежа"] == "НДФЛ за патент. Квитанция MMC-7KQ4MX2P"
    assert document["ПоказательКБК"] == "18210102040011000110"
    assert document["ОКАТО"] == "45000000"
    assert document["СтатусСоставителя"] == "13"
    assert document["ПолучательКПП"] == "770701001"


def test_cards_come_in_one_consolidated_order_dated_when_it_is_posted(web, world, config, noon):
    for number, inn in enumerate(WORKER_INNS):
        capture(web, order(receipt=f"MMC-7KQ4MX2{number}", inn=inn, payer="Тест"), f"key-{number}")
    noon.shift(86400)
    world.treasury.tick()

    _head, account, documents = parse(files(config)[-1])
    assert len(documents) == 2
    assert {d["Номер"] for d in documents} == {"104233"}
    assert {d["Дата"] for d in documents} == {"15.02.2026"}
    assert {d["ДатаСписано"] for d in documents} == {"15.02.2026"}
    assert {d["Плательщик1"] for d in documents} == {"ООО НКО «Песочница-Платежи»"}
    assert [d["ПлательщикИНН"] for d in documents] == [WORKER_INNS[0], ACQUIRER_INN]
    assert documents[1]["НазначениеПлатежа"] == (
        f"НДФЛ патент, квитанция MMC-7KQ4MX21, Тест, ИНН {WORKER_INNS[1]}"
    )
    assert account["ВсегоПоступило"] == "20000.00"


def test_two_receipts_paid_at_banks_are_two_orders(world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    first, second = parse(files(config)[0])[2]
    assert first["Номер"] != second["Номер"]
    assert first | {"Номер": ""} == second | {"Номер": ""}


def test_a_later_piece_of_the_day_carries_only_new_lines_and_another_stamp(world, config):
    for _payment in range(3):
        world.treasury.pay_receipt(QR)
        world.treasury.post_now()

    parsed = [parse(content) for content in files(config)]
    assert [len(documents) for _head, _account, documents in parsed] == [1, 1, 1]
    assert len({documents[0]["Номер"] for _head, _account, documents in parsed}) == 3
    assert len({head["ВремяСоздания"] for head, _account, _documents in parsed}) == 3
    assert len({head["НомерФайла"] for head, _account, _documents in parsed}) == 3


def test_stamps_of_a_crowded_last_second_stay_within_their_day(world, config, noon):
    noon.move_to("2026-02-14 23:59:59+03:00")
    for _payment in range(3):
        world.treasury.pay_receipt(QR)
        world.treasury.post_now()

    heads = [parse(content)[0] for content in files(config)]
    assert {head["ДатаСоздания"] for head in heads} == {"14.02.2026"}
    assert [h["ВремяСоздания"] for h in heads] == ["23:59:59", "23:59:58", "23:59:57"]


def test_totals_and_balances_agree_through_the_days(world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()
    world.treasury.add_line({"Сумма": "500.5"})
    world.treasury.add_line({"Сумма": "200", "ПлательщикСчет": "03100643000000018500"})
    world.treasury.post_now()
    world.treasury.close_day()
    world.treasury.close_day()

    accounts = [parse(content)[1] for content in files(config)]
    keys = ("НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток")
    assert [tuple(account[key] for key in keys) for account in accounts] == [
        ("0.00", "10000.00", "0.00", "10000.00"),
        ("10000.00", "500.50", "200.00", "10300.50"),
        ("0.00", "10500.50", "200.00", "10300.50"),
        ("10300.50", "0.00", "0.00", "10300.50"),
    ]


def test_money_that_leaves_the_account_has_no_posting_date(world, config):
    world.treasury.add_line({"Сумма": "200", "ПлательщикСчет": "03100643000000018500"})
    world.treasury.post_now()

    [document] = parse(files(config)[0])[2]
    assert document["ДатаСписано"] == "14.02.2026"
    assert "ДатаПоступило" not in document


def test_the_whole_day_is_the_union_of_its_pieces_byte_for_byte(web, world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()
    capture(web)
    world.treasury.post_now()
    world.treasury.close_day()

    first, second, whole = (documents_of(content) for content in files(config))
    assert whole == first + second
    head = parse(files(config)[2])[0]
    assert (head["ДатаСоздания"], head["ВремяСоздания"]) == ("15.02.2026", "00:10:00")
    assert head["ДатаНачала"] == head["ДатаКонца"] == "14.02.2026"


def documents_of(content):
    """The bytes of the documents, without what stands around them."""
    start = content.find("СекцияДокумент".encode("cp1251"))
    return content[start : content.rfind("КонецФайла".encode("cp1251"))] if start > 0 else b""


def test_a_day_without_lines_has_a_statement_too(world, config):
    closed = world.treasury.close_day()

    _head, account, documents = parse(files(config)[0])
    assert (closed["closed"], closed["lines"]) == ("2026-02-14", 0)
    assert documents == []
    assert account["НачальныйОстаток"] == account["КонечныйОстаток"] == "0.00"


def test_after_a_closed_day_money_is_posted_on_the_next(world, config):
    world.treasury.close_day()
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    head, _account, [document] = parse(files(config)[1])
    assert head["ДатаНачала"] == head["ДатаСоздания"] == document["ДатаПоступило"] == "15.02.2026"
    assert document["Дата"] == "14.02.2026"


def test_midnight_in_moscow_closes_the_day(world, config, noon):
    noon.move_to("2026-02-14 23:59:59+03:00")
    world.treasury.tick()
    assert files(config) == []

    noon.move_to("2026-02-15 00:00:01+03:00")
    world.treasury.tick()
    world.treasury.tick()

    [content] = files(config)
    assert parse(content)[0]["ДатаНачала"] == "14.02.2026"
    assert world.treasury.business_day() == date(2026, 2, 15)


def test_after_a_long_sleep_every_missed_day_gets_its_statement(config, noon):
    create_app(config)
    noon.move_to("2026-02-18 09:00:00+03:00")

    ticker.tick(create_app(config).extensions["sandbox"])

    days = [parse(content)[0]["ДатаНачала"] for content in files(config)]
    assert days == ["14.02.2026", "15.02.2026", "16.02.2026", "17.02.2026"]


def test_a_day_that_was_closed_by_hand_is_not_closed_again_by_midnight(world, config, noon):
    world.treasury.close_day()
    noon.move_to("2026-02-15 00:00:01+03:00")
    world.treasury.tick()

    assert len(files(config)) == 1
    assert world.treasury.business_day() == date(2026, 2, 15)


def test_a_day_closed_by_hand_at_midnight_is_not_followed_by_a_second(world, config, monkeypatch):
    button_first = iter([True, False])

    def seen_as_over(_day):
        over = next(button_first)
        if over:
            world.treasury.close_day()
        return over

    monkeypatch.setattr(world.treasury, "_day_is_over", seen_as_over)
    world.treasury.tick()

    assert len(files(config)) == 1


def test_simulated_days_last_as_long_as_they_are_told(tmp_path, noon):
    config = Config(tmp_path / "data", tmp_path / "inbox", day_seconds=30)
    treasury = create_app(config).extensions["sandbox"].treasury
    for _step in range(4):
        treasury.tick()
        noon.shift(15)
    treasury.tick()

    assert len(files(config)) == 2
    assert treasury.business_day() == date(2026, 2, 16)


def test_held_money_is_posted_only_by_its_own_button(tmp_path, noon):
    config = Config(tmp_path / "data", tmp_path / "inbox", hold=frozenset({"1381163"}))
    app = create_app(config)
    web, treasury = app.test_client(), app.extensions["sandbox"].treasury
    capture(web, order(receipt="MMC-7KQ4MX2P", login="1381163"))
    noon.shift(3600)
    treasury.tick()
    treasury.post_now()
    assert files(config) == []

    [row] = treasury.waiting()
    web.post(f"/treasury/post/{row['id']}/")

    assert len(files(config)) == 1


def test_a_held_receipt_is_known_by_its_reference_in_the_qr(tmp_path):
    config = Config(tmp_path / "data", tmp_path / "inbox", hold=frozenset({"MMC-7KQ4MX2P"}))
    treasury = create_app(config).extensions["sandbox"].treasury

    assert treasury.pay_receipt(QR)["held"]
    assert not treasury.pay_receipt(QR.replace("7KQ4MX2P", "7KQ4MX2R"))["held"]


def test_a_restart_keeps_money_days_and_numbers(web, world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()
    world.treasury.close_day()
    payment_id = capture(web)

    again = create_app(config)
    treasury = again.extensions["sandbox"].treasury
    assert treasury.business_day() == date(2026, 2, 15)
    assert [row["source"] for row in treasury.waiting()] == [payment_id]
    treasury.post_now()

    numbers = [parse(content)[0]["НомерФайла"].partition("-") for content in files(config)]
    assert [number for number, _dash, _world in numbers] == ["1", "2", "3"]
    assert len({world_id for _number, _dash, world_id in numbers}) == 1
    assert parse(files(config)[2])[2][0]["Номер"] == "104234"


def test_two_worlds_never_give_one_file_number_twice(tmp_path):
    numbers = set()
    for name in ("first", "second"):
        config = Config(tmp_path / name, tmp_path / f"{name}-inbox")
        create_app(config).extensions["sandbox"].treasury.close_day()
        numbers.add(parse(files(config)[0])[0]["НомерФайла"])

    assert len(numbers) == 2


def test_a_file_that_could_not_be_written_is_written_later(world, config):
    config.statements_dir.parent.mkdir(parents=True, exist_ok=True)
    config.statements_dir.write_text("a file stands where the folder should be")
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    config.statements_dir.unlink()
    world.treasury.tick()
    world.treasury.tick()

    assert len(files(config)) == 1


def test_a_file_the_portal_has_taken_away_does_not_come_back(world, config):
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()
    for path in config.statements_dir.iterdir():
        path.unlink()

    world.treasury.tick()

    assert list(config.statements_dir.iterdir()) == []


def test_a_reader_of_the_folder_never_sees_half_a_file(world, config, monkeypatch):
    seen = []
    monkeypatch.setattr(
        outbox.os, "fsync", lambda _file: seen.append(list(config.statements_dir.glob("*.txt")))
    )
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    assert seen == [[]]
    assert [path.suffix for path in config.statements_dir.iterdir()] == [".txt"]


def test_a_value_cannot_end_its_document(world, config):
    world.treasury.add_line({"Сумма": "1.00", "НазначениеПлатежа": "а\r\nКонецДокумента\r\nб"})
    world.treasury.post_now()

    [document] = parse(files(config)[0])[2]
    assert document["НазначениеПлатежа"] == "а КонецДокумента б"


def test_letters_that_cp1251_lacks_become_question_marks(world, config):
    world.treasury.add_line({"Сумма": "1.00", "Плательщик1": "Қодиров Ўткир"})
    world.treasury.post_now()

    assert parse(files(config)[0])[2][0]["Плательщик1"] == "?одиров Ўткир"


def test_the_stamp_of_a_piece_follows_the_clock(world, config, noon):
    noon.move_to(datetime.fromisoformat("2026-02-14 15:30:45+03:00"))
    world.treasury.pay_receipt(QR)
    world.treasury.post_now()

    assert parse(files(config)[0])[0]["ВремяСоздания"] == "15:30:45"


REGISTER = """7KQ4MX2P;775100004210;Каримов Тимур;10000.00

MMC-8KQ4MX2P; 770000000100 ;Назаров О'Брайен;20000
"""


def test_the_money_of_a_till_is_one_order_with_a_line_for_each_worker(world, config):
    assert world.treasury.take_till(deposit.read(REGISTER))["taken"] == 2
    world.treasury.post_now()

    [content] = files(config)
    first, second = parse(content)[2]
    assert first["Номер"] == second["Номер"]
    assert {one["ПлательщикСчет"] for one in (first, second)} == {"40601810200000000993"}
    assert (first["Сумма"], second["Сумма"]) == ("10000.00", "20000.00")
    assert "7KQ4MX2P" in first["НазначениеПлатежа"]
    assert "ИНН 770000000100" in second["НазначениеПлатежа"]


@pytest.mark.parametrize(
    "register", ["", "7KQ4MX2P;775100004210;10000", "7KQ4MX2P;abc;Каримов;10000", "a;;b;-5"]
)
def test_a_register_that_cannot_be_read_is_refused_in_a_sentence(web, register):
    answer = web.post("/treasury/till/", data={"register": register})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_the_page_of_the_till_takes_the_register(web):
    assert web.post("/treasury/till/", data={"register": REGISTER}).status_code == 303
    assert "касса центра" in web.get("/treasury/").text
