"""The catalogue tool: what the code says, what is missing, nothing forgotten."""

from functools import cache

import polib
import pytest

from common import catalogues

pytestmark = pytest.mark.xdist_group("catalogues")
read_once = cache(catalogues.wanted)  # to read all the code takes seconds


@pytest.fixture(autouse=True)
def _code_is_read_once(monkeypatch):
    monkeypatch.setattr(catalogues, "wanted", read_once)


@pytest.fixture
def locale(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_templates_and_code_are_both_read():
    found = catalogues.wanted()

    assert ("", "Sign out") in found
    assert ("", "Authentication") not in found
    assert ("menu", "Home") in found


def test_an_empty_catalogue_has_everything_to_say(locale):
    catalogues.update("ru")

    assert "not translated: 'Sign out'" in catalogues.problems("ru")


def test_translations_are_taken_over_and_kept(locale, tmp_path):
    source = polib.POFile()
    source.append(polib.POEntry(msgid="Sign out", msgstr="Выйти"))
    source.save(str(tmp_path / "mine.po"))
    catalogues.update("ru")

    assert catalogues.add("ru", tmp_path / "mine.po") == 1
    catalogues.update("ru")
    assert catalogues.load("ru").find("Sign out").msgstr == "Выйти"


def test_what_left_the_code_leaves_the_catalogue(locale, tmp_path):
    source = polib.POFile()
    source.append(polib.POEntry(msgid="Nobody says this", msgstr="Никто"))
    source.save(str(tmp_path / "mine.po"))
    catalogues.add("ru", tmp_path / "mine.po")

    assert "not in the code any more: 'Nobody says this'" in catalogues.problems("ru")
    catalogues.update("ru")
    assert catalogues.load("ru").find("Nobody says this") is None


def test_a_language_of_messages_needs_them_and_may_have_the_pages(settings):
    settings.LANGUAGES = [("ru", "")]
    told, known = catalogues.required("uz"), catalogues.wanted("uz")

    assert ("", "Your application number: %(numbers)s") in told
    assert ("", "You have no application for a patent yet.") in told
    assert ("", "Sign out") not in told
    assert ("", "Sign out") in known


def test_a_language_of_pages_needs_all_that_people_read_and_nothing_of_the_staff(settings):
    settings.LANGUAGES = [("ru", ""), ("uz", "")]
    needed = catalogues.required("uz")

    assert ("", "Sign out") in needed
    assert ("", "This is not a day. Example: 14.02.2026.") not in needed  # a form of the desk
    assert ("", "Another member of staff must decide.") not in needed
    assert needed.keys() <= catalogues.wanted("ru").keys()


def test_labels_of_events_are_the_staffs_words():
    label = ("", "the patent is ready")

    assert label in catalogues.wanted("ru")
    assert label not in catalogues.wanted("uz")


@pytest.mark.parametrize(("language", "forms"), [("ru", 3), ("uz", 1), ("tg", 2), ("ro", 3)])
def test_every_language_has_its_own_plural_forms(locale, monkeypatch, language, forms):
    facts = {"plural": "%(n)d days", "files": {"ussd/words.py"}}
    monkeypatch.setattr(catalogues, "wanted", lambda _language: {("", "%(n)d day"): facts})

    entry = catalogues.update(language).find("%(n)d day")

    assert len(entry.msgstr_plural) == forms


def test_django_reads_the_folder_where_a_catalogue_is_written(locale):
    catalogues.update("uz-cyrl")

    assert (locale / "uz_Cyrl" / "LC_MESSAGES" / "django.po").exists()


def test_cyrillic_uzbek_is_spelled_by_the_latin_one_unless_somebody_wrote_it(locale, tmp_path):
    for language, words in [("uz", {"Sign out": "Chiqish", "Help": "Yordam"}), ("uz-cyrl", OWN)]:
        source = polib.POFile()
        source.extend(polib.POEntry(msgid=key, msgstr=text) for key, text in words.items())
        source.save(str(tmp_path / "mine.po"))
        catalogues.update(language)
        catalogues.add(language, tmp_path / "mine.po")
        catalogues.update(language)

    assert catalogues.load("uz-cyrl").find("Sign out").msgstr == "Чиқиш"
    assert catalogues.load("uz-cyrl").find("Help").msgstr == "Кўмак"


OWN = {"Help": "Кўмак"}
