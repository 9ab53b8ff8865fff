"""The Russian original beside a translation, and the ten words that a person shows at a window."""

import pytest
from django.urls import reverse

from cabinet import glossary

pytestmark = pytest.mark.django_db
HELP, WORDS = reverse("cabinet:help"), reverse("cabinet:words")
ENGLISH = {"accept-language": "en"}


def page(client, address, **headers) -> str:
    return client.get(address, headers=headers or ENGLISH).content.decode()


def test_a_translated_page_offers_the_russian_text_and_a_russian_one_does_not(client):
    assert f'href="{HELP}?beside=1"' in page(client, HELP)
    assert "beside=1" not in page(client, HELP, **{"accept-language": "ru"})


def test_beside_stands_the_same_page_in_russian(client):
    answer = client.get(f"{HELP}?beside=1", headers=ENGLISH)
    original = client.get(f"{HELP}?original=1", headers=ENGLISH)

    assert f'src="{HELP}?original=1"' in answer.content.decode()
    assert "<h1>Help</h1>" in answer.content.decode()
    assert "<h1>Помощь</h1>" in original.content.decode()
    assert '<html lang="ru">' in original.content.decode()


def test_only_our_own_pages_frame_it(client):
    answer = client.get(f"{HELP}?beside=1", headers=ENGLISH)
    original = client.get(f"{HELP}?original=1", headers=ENGLISH)

    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in original["Content-Security-Policy"]
    assert original["X-Frame-Options"] == "SAMEORIGIN"


def test_the_next_page_speaks_the_chosen_language_again(client):
    page(client, f"{HELP}?original=1")

    assert "<h1>Help</h1>" in page(client, HELP)


def test_what_is_sent_is_answered_as_ever(client):
    answer = client.post(f"{reverse('accounts:login')}?original=1", {}, headers=ENGLISH)

    assert '<html lang="en">' in answer.content.decode()
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_ten_words_stand_in_russian_with_their_meaning(client, language):
    said = page(client, WORDS, **{"accept-language": language})

    assert len(glossary.WORDS) == 10
    for russian, _name, _meaning in glossary.WORDS:
        assert f'<dt lang="ru">{russian}</dt>' in said
