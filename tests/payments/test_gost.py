import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gost import DELIMITERS, FORMATS, PayloadError, parse, payload

RECEIPT = {
    "Name": "Казначейство России (ФНС России)",
    "PersonalAcc": "03100643000000018500",
    "BankName": "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тул. обл.",
    "BIC": "017003983",
    "CorrespAcc": "40102810445370000059",
    "Sum": "1000000",
    "Purpose": "НДФЛ, патент 77 № 2600418174, квитанция MMC-7KQ4MX2P, Мамедов Эльчин",
    "PayeeINN": "7727406020",
    "PayerINN": "775100004210",
    "DrawerStatus": "13",
    "KPP": "770701001",
    "CBC": "18210102040011000110",
    "OKTMO": "45000000",
    "PaytReason": "0",
    "TaxPeriod": "0",
    "DocNo": "0",
    "DocDate": "0",
    "LastName": "Мамедов",
    "FirstName": "Эльчин",
    "MiddleName": "Расим оглы",
    "UIN": "0",
    "TechCode": "03",
}
MANDATORY_ONLY = {key: RECEIPT[key] for key in list(RECEIPT)[:5]}


def but(**more):
    return RECEIPT | more


def test_the_whole_text_of_a_receipt_letter_by_letter():
    assert payload(RECEIPT).decode("cp1251") == (
        "ST00011|Name=Казначейство России (ФНС России)|PersonalAcc=03100643000000018500"
        "|BankName=ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тул. обл.|BIC=017003983"
        "|CorrespAcc=40102810445370000059|Sum=1000000"
        "|Purpose=НДФЛ, патент 77 № 2600418174, квитанция MMC-7KQ4MX2P, Мамедов Эльчин"
        "|PayeeINN=7727406020|PayerINN=775100004210|DrawerStatus=13|KPP=770701001"
        "|CBC=18210102040011000110|OKTMO=45000000|PaytReason=0|TaxPeriod=0|DocNo=0|DocDate=0"
        "|LastName=Мамедов|FirstName=Эльчин|MiddleName=Расим оглы|UIN=0|TechCode=03"
    )


def test_the_order_does_not_depend_on_the_order_given():
    assert payload(dict(reversed(RECEIPT.items()))) == payload(RECEIPT)


def test_letters_outside_windows_1251_make_it_utf_8():
    content = payload(but(LastName="Əliyev"))

    assert content.startswith(b"ST00012|")
    assert parse(content)["LastName"] == "Əliyev"


def test_another_delimiter_is_taken_when_a_value_has_the_first():
    content = payload(but(Purpose="НДФЛ | патент # 77"))

    assert content.startswith(b"ST00011;Name=")
    assert parse(content)["Purpose"] == "НДФЛ | патент # 77"


def test_when_values_use_up_every_delimiter_it_is_refused():
    with pytest.raises(PayloadError, match="delimiter"):
        payload(but(Purpose=DELIMITERS))


def test_empty_values_are_left_out_and_line_breaks_become_spaces():
    fields = parse(payload(but(MiddleName="", FirstName=" Эльчин\nРасим ")))

    assert "MiddleName" not in fields
    assert fields["FirstName"] == "Эльчин Расим"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Name", ""),
        ("Name", "Я" * 161),
        ("PersonalAcc", "0310064300000001850"),
        ("PersonalAcc", "0310064300000001850A"),
        ("PersonalAcc", "٠" * 20),
        ("BankName", "ОТДЕЛЕНИЕ ТУЛА БАНКА РОССИИ//УФК по Тульской области, г Тула"),
        ("BIC", "17003983"),
        ("CorrespAcc", ""),
        ("Sum", "0"),
        ("Sum", "10000.00"),
        ("Sum", "-1"),
        ("Purpose", "Я" * 211),
        ("PayeeINN", "772740602"),
        ("DrawerStatus", "3"),
        ("KPP", "77070100"),
        ("CBC", "1821010204001100011"),
        ("OKTMO", "4500000"),
        ("PaytReason", "ТПП"),
        ("TaxPeriod", "МС.03.20260"),
        ("DocDate", "2026-02-14"),
        ("UIN", "123"),
        ("TechCode", "3"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(key, value):
    with pytest.raises(PayloadError, match=f"^{key} "):
        payload(but(**{key: value}))


def test_an_unknown_key_is_refused():
    with pytest.raises(PayloadError, match="Iban"):
        payload(but(Iban="1"))


def test_mandatory_fields_may_take_300_bytes_and_no_more():
    long_in_utf8 = but(Name="Ў" * 100 + "ә" * 25)

    with pytest.raises(PayloadError, match="bytes of 300"):
        payload(long_in_utf8)
    assert len(payload(but(Name="Я" * 135))) > 300


def test_no_correspondent_account_is_written_as_zero():
    assert parse(payload(but(CorrespAcc="0")))["CorrespAcc"] == "0"


TEXT = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЯABCxyz0123456789 .,№/-=«»ўқғҳәƏ", max_size=40)
PLAIN = TEXT.map(lambda text: " ".join(text.split()))


@given(PLAIN, PLAIN, PLAIN, PLAIN.filter(bool), st.integers(1, 10**18 - 1))
def test_what_is_written_is_read_back(last, first, middle, purpose, kopecks):
    names = {"LastName": last, "FirstName": first, "MiddleName": middle}
    fields = but(Purpose=purpose, Sum=str(kopecks), **names)

    expected = {key: value for key, value in fields.items() if value}

    assert parse(payload(fields)) == expected
    assert list(parse(payload(fields))) == [key for key in FORMATS if key in expected]


# Other people's texts, shapes of domain facts 4.5 and 4.6.

TAX_NOTICE = (
    "ST00011|Name=УФК (ИФНС)|PersonalAcc=03100643000000011600|BankName=БАНК РОССИИ// УФК г.Якутск"
    "|BIC=019805001|CorrespAcc=40102810345370000085|docIdx=18209965213722486565|DrawerStatus=09"
    "|lastName=ТЕСТОВ|Sum=210650|CBC=18210202103081013160|PaytReason=ТП|TaxPeriod=КВ.02.2021"
)


def test_keys_are_read_in_any_case_and_unknown_ones_are_kept():
    fields = parse(TAX_NOTICE)

    assert fields["LastName"] == "ТЕСТОВ"
    assert fields["docIdx"] == "18209965213722486565"


def test_a_header_that_lies_about_utf_8_is_seen_through():
    assert parse(TAX_NOTICE.encode("utf-8"))["Name"] == "УФК (ИФНС)"


def test_a_header_that_lies_about_windows_1251_is_seen_through():
    content = TAX_NOTICE.replace("ST00011", "ST00012").encode("cp1251")

    assert parse(content)["Name"] == "УФК (ИФНС)"


def test_koi8_is_read():
    content = TAX_NOTICE.replace("ST00011", "ST00013").encode("koi8-r")

    assert parse(content)["Name"] == "УФК (ИФНС)"


def test_cyrillic_letters_in_a_key_are_read():
    assert parse("ST00012|СВС=18210102040011000110") == {"CBC": "18210102040011000110"}


@pytest.mark.parametrize("tail", ["", "|"])
def test_the_last_delimiter_may_stand_or_not(tail):
    assert parse("ST00012|Sum=100|OKATO=" + tail) == {"Sum": "100", "OKATO": ""}


def test_an_equals_sign_in_a_value_belongs_to_it():
    assert parse("ST00012|Purpose=a=b") == {"Purpose": "a=b"}


@pytest.mark.parametrize(
    "content", [b"", b"ST", b"http://mc.mos.ru", b"ST00014|Name=x", b"\xff" * 9]
)
def test_what_is_no_such_text_is_refused(content):
    with pytest.raises(PayloadError):
        parse(content)


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda tail: b"ST00011|" + tail))
def test_any_bytes_are_read_or_refused_with_the_one_error(content):
    try:
        fields = parse(content)
    except PayloadError:
        return
    assert all(isinstance(value, str) for value in fields.values())
