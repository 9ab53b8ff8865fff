"""Staff read what people may be told, in every language and in both letters."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.letters import EMAIL_REPLACED
from notifications.samples import sample
from patents.messages import PATENT_READY
from tests.patents.desk import sign_in_as

PAGE = reverse("admin:message_texts")


@pytest.fixture
def staff(client, db):
    sign_in_as(client, "operator")
    return client


@pytest.mark.parametrize(
    ("asked", "language", "latin"),
    [("ru", "ru", False), ("uz-cyrl", "uz-cyrl", False), ("tg-latin", "tg", True)],
)
def test_all_messages_stand_in_the_chosen_language(staff, asked, language, latin):
    page = staff.get(PAGE, {"in": asked}).content.decode()

    assert escape(sample(PATENT_READY, language, latin=latin).text) in page


def test_one_message_stands_in_all_languages(staff):
    page = staff.get(PAGE, {"event": PATENT_READY.code}).content.decode()

    for language in ["ru", "uz", "uz-cyrl", "tg", "az", "ro", "uk", "en"]:
        assert escape(sample(PATENT_READY, language).text) in page
    assert escape(sample(PATENT_READY, "tg", latin=True).text) in page


@pytest.mark.parametrize("language", ["ru", "uz"])
def test_a_letter_stands_as_a_letter(staff, language):
    """With its subject, as text and as HTML, and no number of SMS."""
    page = staff.get(PAGE, {"in": language}).content.decode()

    letter = sample(EMAIL_REPLACED, language).letter
    assert f"<strong>{escape(letter.subject)}</strong>" in page
    assert escape(letter.html) in page
    assert "&lt;!DOCTYPE html&gt;" in page
    assert sample(EMAIL_REPLACED, language).segments is None


@pytest.mark.parametrize("asked", [{"in": "xx"}, {"event": "nobody.knows"}])
def test_what_does_not_exist_is_not_found(staff, asked):
    assert staff.get(PAGE, asked).status_code == 404


def test_a_word_without_a_sample_shows_its_name(news):
    assert sample(news, "en").text == "Application 1234567, said in <language>."


def test_no_question_is_asked_for_the_texts(staff, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        staff.get(PAGE)
