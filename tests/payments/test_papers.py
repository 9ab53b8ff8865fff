"""The archive: papers of all patents, kept cheques, and the two documents of a year."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from patents.models import Application
from payments import binding
from payments.errors import NoRoomInArchive
from payments.facts import standing_of
from payments.models import Claim, KeptCheque, Opening, OpeningMonths, Receipt
from payments.services.claims.claims import show_cheque
from payments.services.online.charges import record_taken
from payments.services.papers import papers
from payments.services.papers.merges import follow
from payments.services.papers.papers import keep_cheque
from payments.services.papers.receipts import form_receipt
from tests.factories import LineFactory, PersonFactory, PlacementFactory
from tests.payments.test_cheques import photo

PAGE = reverse("payments:papers")
ENGLISH, RUSSIAN = {"accept-language": "en"}, {"accept-language": "ru"}
TODAY = date(2026, 2, 10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.LANGUAGE_CODE = tmp_path, "en"


@pytest.fixture
def mine(client, application):
    client.force_login(application.person.user)
    return client


@pytest.fixture
def posted(application):
    """A receipt of two months, paid on 5 February, received on the 9th."""
    receipt = form_receipt(application=application, months=2, on=date(2026, 2, 1))
    line = LineFactory(amount=receipt.amount, posted_on=date(2026, 2, 9), paid_on=date(2026, 2, 5))
    PlacementFactory(
        line=line, application=application, receipt=receipt, months=2, paid_on=line.paid_on
    )
    Receipt.objects.update(status="posted", posted_on=line.posted_on)
    return receipt


def typed(**more):
    cheque = SimpleUploadedFile("photo.jpg", photo())
    known = {"paid_on": "2025-03-14", "amount": "8 900 ₽", "bank": "Почта", "cheque": cheque}
    return known | more


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def pdf(answer):
    assert answer["Content-Type"] == "application/pdf"
    assert answer.streaming
    return pypdfium2.PdfDocument(BytesIO(b"".join(answer.streaming_content)))


def words(page):
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_an_empty_archive_says_so(mine):
    assert "There are no papers yet." in text_of(mine.get(PAGE, headers=ENGLISH))


def test_a_cheque_of_any_year_is_kept_and_is_no_claim(mine, application):
    before = standing_of(application.person)

    answer = mine.post(PAGE, typed(), follow=True, headers=ENGLISH)

    kept = KeptCheque.objects.get()
    assert (kept.paid_on, kept.amount) == (date(2025, 3, 14), Decimal("8900.00"))
    assert "Cheque of March 14, 2025" in text_of(answer)
    assert not Claim.objects.exists()
    assert standing_of(application.person) == before


def test_the_same_cheque_twice_is_kept_once(mine):
    mine.post(PAGE, typed())
    mine.post(PAGE, typed())

    assert KeptCheque.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"paid_on": "2026-02-11"}, {"amount": "0"}, {"amount": "три"}, {"cheque": ""}],
    ids=["tomorrow", "nothing", "no number", "no photo"],
)
def test_what_is_no_cheque_is_explained_and_not_kept(mine, wrong):
    answer = mine.post(PAGE, typed(**wrong))

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not KeptCheque.objects.exists()


def test_an_archive_has_an_end(application, monkeypatch):
    monkeypatch.setattr(papers, "MOST_KEPT", 1)
    given = {"person": application.person, "amount": Decimal(1), "cheque": "x.jpg"}
    keep_cheque(paid_on=TODAY, **given)

    with pytest.raises(NoRoomInArchive):
        keep_cheque(paid_on=date(2026, 2, 9), **given)


def test_nobody_else_opens_a_kept_cheque(mine, client):
    mine.post(PAGE, typed())
    address = reverse("payments:kept_cheque", args=[KeptCheque.objects.get().pk])

    answer = mine.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    client.force_login(PersonFactory().user)
    assert client.get(address).status_code == 404


def test_kept_cheques_follow_a_merge(application):
    gone = PersonFactory()
    kept = keep_cheque(person=gone, paid_on=TODAY, amount=Decimal(1), cheque="x.jpg")

    follow(application.person, gone)

    assert list(application.person.kept_cheques.all()) == [kept]


def test_papers_of_an_earlier_patent_stay(mine, application, posted):
    patent = application.patent
    patent.annulled_on, patent.annulled_source = TODAY, "desk"
    patent.annulled_received_at = datetime(2026, 2, 10, tzinfo=UTC)
    patent.save()

    page = text_of(mine.get(PAGE, headers=ENGLISH))

    assert f"Receipt {posted.reference[:4]}-{posted.reference[4:]}" in page
    assert "The Treasury received it on February 9, 2026." in page


def test_one_pdf_has_the_list_the_paid_receipts_and_the_cheques(mine, application, posted):
    unpaid = form_receipt(application=application, months=3, on=TODAY)
    mine.post(PAGE, typed(paid_on="2026-01-14"))
    keep_cheque(person=application.person, paid_on=TODAY, amount=Decimal(7), cheque="gone.pdf")

    book = pdf(mine.get(reverse("payments:papers_year", args=[2026]), headers=RUSSIAN))

    first, receipt, _cheque = (book[index] for index in range(len(book)))
    assert f"{posted.reference[:4]}-{posted.reference[4:]}" in words(first)
    assert "Чек от 10.02.2026, 7 ₽ (отдельным файлом)" in words(first)
    assert unpaid.reference[:4] not in words(first)
    assert "Оплачено 05.02.2026 Получено 09.02.2026" in words(receipt)


def paper(pages=1, **options) -> bytes:
    """A cheque that a bank gave as a PDF."""
    out = BytesIO()
    canvas = Canvas(out, **options)
    for number in range(pages):
        canvas.drawString(72, 700, f"CHEQUE PAGE {number + 1}")
        canvas.linkURL("https://example.org/", (0, 0, 99, 99))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def kept_pdf(person, content, day=TODAY):
    file = ContentFile(content, name=f"{day}.pdf")
    return keep_cheque(person=person, paid_on=day, amount=Decimal(7), cheque=file)


def year_of(client):
    answer = client.get(reverse("payments:papers_year", args=[2026]), headers=RUSSIAN)
    return b"".join(answer.streaming_content)


def test_cheques_kept_as_pdf_are_bound_in_at_the_end(mine, application, posted):
    kept_pdf(application.person, paper(pages=2))
    kept_pdf(application.person, paper(), day=date(2026, 1, 14))

    book = pypdfium2.PdfDocument(year_of(mine))

    assert [words(page) for page in book][2:] == [
        "CHEQUE PAGE 1",
        "CHEQUE PAGE 1",
        "CHEQUE PAGE 2",
    ]
    assert "отдельным файлом" not in words(book[0])
    reader = PdfReader(BytesIO(year_of(mine)))
    assert reader.metadata.title == "Квитанции и чеки за 2026 год"
    assert reader.root_object["/Lang"] == "ru-RU"


def test_links_and_scripts_of_a_strangers_file_stay_outside(mine, application):
    kept_pdf(application.person, paper())

    pages = PdfReader(BytesIO(year_of(mine))).pages

    assert len(pages) == 2
    assert all("/Annots" not in page and "/AA" not in page for page in pages)


@pytest.mark.parametrize(
    "content",
    [paper(pages=6), paper(encrypt="secret"), b"%PDF-1.4 no more than this", b"%PDF-"],
    ids=["long", "locked", "broken", "empty"],
)
def test_a_file_that_cannot_be_bound_is_named_and_stays_a_file(mine, application, content):
    kept_pdf(application.person, content)

    book = pypdfium2.PdfDocument(year_of(mine))

    assert len(book) == 1
    assert "Чек от 10.02.2026, 7 ₽ (отдельным файлом)" in words(book[0])


def test_very_much_is_not_held_in_memory_at_once(mine, application, monkeypatch):
    monkeypatch.setattr(binding, "MOST_BYTES", len(paper()) + 1)
    kept_pdf(application.person, paper())
    kept_pdf(application.person, paper(), day=date(2026, 2, 9))

    assert len(pypdfium2.PdfDocument(year_of(mine))) == 2


def test_a_paid_receipt_in_the_book_has_no_code_to_pay_again(mine, posted):
    book = pdf(mine.get(reverse("payments:papers_year", args=[2026]), headers=RUSSIAN))

    assert zxingcpp.read_barcodes(book[1].render(scale=3).to_pil()) == []


def test_a_receipt_taken_by_card_is_in_the_book_as_on_its_way(mine, application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    noon = datetime(2026, 2, 10, 9, tzinfo=UTC)
    record_taken(receipt=receipt, provider_id="taken", captured_at=noon)

    book = pdf(mine.get(reverse("payments:papers_year", args=[2026]), headers=RUSSIAN))

    assert "Оплачено 10.02.2026 В пути в Казначейство" in words(book[1])


def test_the_tax_of_a_year_adds_up_by_months_of_payment(mine, application, posted):
    PlacementFactory(application=application)

    page = words(pdf(mine.get(reverse("payments:tax_paid", args=[2026])))[0])

    assert "январь: 10 000 ₽ 10 000 ₽: уплачено 10.01.2026, получено 13.01.2026" in page
    assert "февраль: 20 000 ₽ 20 000 ₽: уплачено 05.02.2026, получено 09.02.2026" in page
    assert "Всего за 2026 год: 30 000 ₽" in page
    assert "ИНН 775100004210" in page


@pytest.mark.parametrize(
    ("name", "official", "owner_reads"),
    [
        ("papers_year", "Квитанции и чеки за 2026 год", "2026-ci ilin qəbzləri və çekləri"),
        ("tax_paid", "февраль: 20 000 ₽", "fevral: 20.000 ₽"),
    ],
)
def test_a_paper_of_a_year_says_it_to_its_owner_too(mine, posted, name, official, owner_reads):
    address = reverse(f"payments:{name}", args=[2026])
    pages = [words(page) for page in pdf(mine.get(address, headers={"accept-language": "az"}))]

    assert official in pages[0]
    assert official not in pages[1]
    assert owner_reads in pages[1]
    assert [page for page in pages[2:] if "qəbz" in page.lower()] == []


def test_money_that_is_not_posted_is_no_tax_paid(mine, application):
    receipt = form_receipt(application=application, months=1, on=TODAY)
    noon = datetime(2026, 2, 10, 9, tzinfo=UTC)
    record_taken(receipt=receipt, provider_id="taken", captured_at=noon)

    assert mine.get(reverse("payments:tax_paid", args=[2026])).status_code == 404


def counted_before(application, accepted_on):
    """Three months of the opening of 1 February 2026."""
    Application.objects.filter(pk=application.pk).update(accepted_on=accepted_on)
    opening = Opening.objects.create(
        **dict.fromkeys(("persons", "applications", "patents"), 1), months=3, amount=30000
    )
    at = datetime(2026, 2, 1, 9, tzinfo=UTC)
    Opening.objects.update(taken_at=at)
    return OpeningMonths.objects.create(
        opening=opening, application=application, months=3, amount=30000, counted_on=at.date()
    )


def test_months_counted_at_the_opening_are_tax_of_their_year(mine, application):
    counted_before(application, date(2026, 1, 5))
    PlacementFactory(application=application)

    page = words(pdf(mine.get(reverse("payments:tax_paid", args=[2026])))[0])

    assert "Учтено при открытии кабинета 01.02.2026: 30 000 ₽" in page
    assert "Дни платежей кабинет не знает." in page
    assert "Всего за 2026 год: 40 000 ₽" in page


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_may_be_of_two_years_is_named_in_both_and_added_to_neither(mine, application, year):
    counted_before(application, date(2025, 11, 5))

    page = words(pdf(mine.get(reverse("payments:tax_paid", args=[year])))[0])

    assert "Уплачено с 2025 по 2026 год; в сумму этого года не входит." in page
    assert f"Всего за {year} год: 0 ₽" in page


@pytest.mark.parametrize("name", ["papers_year", "tax_paid"])
@pytest.mark.parametrize("year", [0, 2019, 999999999])
def test_a_year_without_papers_is_not_there(mine, posted, name, year):
    assert mine.get(reverse(f"payments:{name}", args=[year])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_archive_asks_the_same_questions_whatever_its_length(
    mine, application, posted, django_assert_max_num_queries, count
):
    for day in range(1, count + 1):
        PlacementFactory(application=application)
        show_cheque(
            application=application, amount=Decimal(10000), paid_on=date(2026, 2, day), cheque="x"
        )

    with django_assert_max_num_queries(10):
        mine.get(PAGE)
