"""The text of the bank's QR as others read it: by the standard's rules, and from real papers."""

import io

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person
from payments import gost, printing, reference
from payments.models import Receipt
from payments.receipt_pdf import letters
from payments.services.papers.receipts import form_receipt
from tests.payments.gost_standard import strictly_read
from tests.payments.test_gost import RECEIPT
from tests.payments.test_receipts import TODAY

NAMES = {
    "russian": ("Каримов", "Тимур", "Рустамович"),
    "russian_with_yo": ("Королёва", "Алёна", "Семёновна"),
    "uzbek_cyrillic": ("Ғуломов", "Қўшқинбек", "Ҳамидуллаевич"),
    "uzbek_latin": ("Gʻulomov", "Oʻktam", "Shavkat oʻgʻli"),
    "tajik": ("Ҷӯраев", "Фирдавсӣ", "Ғафуровиҷ"),
    "kyrgyz": ("Өмүралиев", "Үсөн", "Ыңгайбек"),
    "azerbaijani": ("Əliyev", "Şükür", "Çingiz oğlu"),
    "moldovan": ("Țurcanu", "Ștefăniță", "Ionuț"),
    "ukrainian": ("Ґалаґан", "Їжак", "Євгенійович"),
    "georgian": ("ბერიძე", "გიორგი", "ლევანის ძე"),
    "vietnamese": ("Nguyễn", "Thị Phương", "Đào"),
    "chinese": ("李", "小龙", ""),
    "latin": ("KARIMOV", "TIMUR", ""),
    "apostrophes": ("O'Brien", "D’Artagnan", "Sa`id"),
    "bars": ("Кари|мов", "Тим#ур", "Рус;та:мович"),
    "equals": ("Кари=мов", "Name=x", ""),
    "long": ("Я" * 60, "Ж" * 60, "Щ" * 38),
    "long_outside_1251": ("Ə" * 60, "Ğ" * 60, "Ş" * 38),
}


@pytest.mark.django_db
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_the_qr_of_the_rendered_page_says_the_name_in_its_script(application, names):
    keys = ("last_name", "first_name", "middle_name")
    Person.objects.update(**dict(zip(keys, names, strict=True)))
    application.refresh_from_db()
    receipt = form_receipt(application=application, months=12, on=TODAY)
    page = pypdfium2.PdfDocument(io.BytesIO(printing.pdf(receipt)))[0]

    [code] = zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    fields = strictly_read(bytes(code.bytes))

    said = tuple(fields.get(key, "") for key in ("LastName", "FirstName", "MiddleName"))
    assert said == names
    assert fields["Sum"] == "12000000"
    assert fields["PersonalAcc"] == "03100643000000018500"
    assert reference.find_in(fields["Purpose"]) == [receipt.reference]
    assert fields == gost.parse(bytes(code.bytes))


LARGEST_PDF = 60 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_the_pdf_is_light_in_every_script(application, names):
    assert len(printing.pdf(named(application, *names))) <= LARGEST_PDF


def words_of(receipt) -> str:
    page = pypdfium2.PdfDocument(io.BytesIO(printing.pdf(receipt)))[0]
    return " ".join(page.get_textpage().get_text_bounded().split())


def named(application, last, first, middle, **more):
    Person.objects.update(last_name=last, first_name=first, middle_name=middle, **more)
    application.refresh_from_db()
    return form_receipt(application=application, months=1, on=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_every_letter_on_the_paper_is_in_its_font(application, names):
    sheet = printing.sheet(named(application, *names))

    assert letters.are_known(f"{sheet.payer}{sheet.purpose}{sheet.document}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "script", ["uzbek_cyrillic", "tajik", "azerbaijani", "vietnamese", "ukrainian", "moldovan"]
)
def test_a_name_that_the_font_can_write_stays_as_it_is(application, script):
    printed = words_of(named(application, *NAMES[script]))

    assert all(name in printed for name in NAMES[script])
    assert letters.LATIN not in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("script", "spelled"),
    [("georgian", "Beridze Giorgi Levanis Dze"), ("chinese", "Li Xiaolong")],
)
def test_other_scripts_are_spelled_in_latin_letters_and_the_paper_says_so(
    application, script, spelled
):
    printed = words_of(named(application, *NAMES[script]))

    assert printed.count(f"{spelled} {letters.LATIN}") == 2


@pytest.mark.django_db
def test_the_passports_own_latin_name_comes_first_and_stays_in_the_snapshot(application):
    receipt = named(application, *NAMES["chinese"], latin_name="LEE SIULUNG")
    Person.objects.update(latin_name="LATER CORRECTION")

    assert f"LEE SIULUNG {letters.LATIN}" in words_of(Receipt.objects.get(pk=receipt.pk))


@pytest.mark.django_db
def test_a_receipt_of_before_the_latin_name_is_printed_as_ever(application):
    receipt = named(application, *NAMES["russian"])
    del receipt.snapshot["payer"]["latin_name"]

    assert "Каримов Тимур Рустамович" in words_of(receipt)


@pytest.mark.django_db
def test_the_text_is_short_where_windows_1251_is_enough(application):
    receipt = form_receipt(application=application, months=1, on=TODAY)

    assert printing.qr_payload(receipt).startswith(b"ST00011|")
    receipt.snapshot["payer"]["last_name"] = "Əliyev"
    assert printing.qr_payload(receipt).startswith(b"ST00012|")
    assert Receipt.objects.get().snapshot["payer"]["last_name"] == "Каримов"


LETTERS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60)
NAME = LETTERS.map(lambda text: " ".join(text.split()))


@given(NAME, NAME, NAME.filter(bool))
def test_whatever_is_written_the_second_reader_reads(last, first, purpose):
    fields = RECEIPT | {"LastName": last, "FirstName": first, "Purpose": purpose}

    expected = {key: value for key, value in fields.items() if value}

    assert strictly_read(gost.payload(fields)) == expected


# --- real papers of others (domain facts 4.5, people masked)

TAX_NOTICE = (
    "ST00011|Name=УФК по Республике Саха (ИФНС России по Алданскому району)"
    "|PersonalAcc=03100643000000011600"
    "|BankName=ОТДЕЛЕНИЕ-НБ РЕСПУБЛИКА САХА (ЯКУТИЯ) БАНКА РОССИИ// УФК по РС (Я) г.Якутск"
    "|BIC=019805001|CorrespAcc=40102810345370000085|docIdx=18209965213722486565|DrawerStatus=09"
    "|lastName=Т|firstName=Т|middleName=Т|payerAddress=г Алдан|PayerINN=140200000000|Sum=210650"
    "|PayeeINN=1402003388|KPP=140201001|CBC=18210202103081013160|OKTMO=98603105|PaytReason=ТП"
    "|TaxPeriod=КВ.02.2021"
)
SCHOOL = (
    "ST00012|Name=ДЕПАРТАМЕНТ ФИНАНСОВ ГОРОДА МОСКВЫ (ГБОУ л/с 2607542000770845)"
    "|PersonalAcc=40601810245253000002|BankName=ГУ БАНКА РОССИИ ПО ЦФО Г. МОСКВА 35"
    "|BIC=044525000|CorrespAcc=0|Sum=250000|Purpose=Кружок|PayeeINN=7723103106|DrawerStatus=24"
    "|KPP=772301001|CBC=07500000000000000137|OKTMO=45396000|lastName=Т|uin=0349347501810000000132623"
)
ART_SCHOOL = (
    "ST00012|Name=ГБУДО г. Москвы ДШИ|PersonalAcc=03224643450000007300"
    "|BankName=ГУ Банка России по ЦФО//УФК по г.Москве г.Москва|BIC=004525988"
    "|CorrespAcc=40102810545370000003|Sum=340000|Purpose=Обучение|PayeeINN=7733098705"
    "|KPP=773301001|CBC=05600000000131131022|OKATO=|lastName=Т|paymPeriod=Март, 2021 г.|childFio=Т"
)
DEMO = (
    'ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"'
    "|BIC=044525225|CorrespAcc=30101810400000000225|PayeeINN=6200098765|LastName=Иванов"
    "|FirstName=Иван|MiddleName=Иванович|Purpose=Оплата членского взноса"
    "|PayerAddress=г.Рязань ул.Ленина д.10 кв.15|Sum=100000"
)
SWIFT = (
    "ST00012|Name=A|PersonalAcc=40702810138250123017|BankName==BANK|BIC=044525225"
    "|CorrespAcc=30101810400000000225|Sum=456789|DrawerStatus=15|KPP=111222333"
    "|СВС=18811302031010000130|OKTMO=45268554000|PaytReason=ТП|TaxPeriod=МС.03.2003"
    "|DocNo=645645645|DocDate=20.08.2013|TaxPaytKind=НС|"
)
REAL = {
    "tax notice": (
        TAX_NOTICE,
        {"Sum": "210650", "docIdx": "18209965213722486565", "TaxPeriod": "КВ.02.2021"},
    ),
    "school": (SCHOOL, {"CorrespAcc": "0", "UIN": "0349347501810000000132623", "LastName": "Т"}),
    "art school": (ART_SCHOOL, {"OKATO": "", "BIC": "004525988", "paymPeriod": "Март, 2021 г."}),
    "demo": (DEMO, {"BankName": 'ОАО "БАНК"', "Name": "ООО «Три кита»", "Sum": "100000"}),
    "swift": (
        SWIFT,
        {"CBC": "18811302031010000130", "BankName": "=BANK", "TaxPaytKind": "НС"},
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
@pytest.mark.parametrize("digit", ["1", "2"])
@pytest.mark.parametrize(("text", "fields"), REAL.values(), ids=REAL)
def test_real_papers_are_read_whatever_their_header_says(text, fields, digit, encoding):
    content = f"{text[:6]}{digit}{text[7:]}".encode(encoding)

    found = gost.parse(content)

    assert fields.items() <= found.items()
    assert found["PersonalAcc"] == text.split("PersonalAcc=")[1][:20]
