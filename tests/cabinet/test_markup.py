"""The markup of staff's texts: simple, and never a door for HTML."""

import pytest

from cabinet.markup import render


def test_an_empty_line_begins_a_paragraph():
    assert render("Раз.\n\nДва.") == "<p>Раз.</p>\n<p>Два.</p>\n"


def test_lists_bold_words_and_links_are_drawn():
    assert render("- **раз**\n- [два](/help/)") == (
        '<ul>\n<li><strong>раз</strong></li>\n<li><a href="/help/">два</a></li>\n</ul>\n'
    )


def test_html_is_shown_as_it_was_typed():
    assert render("<script>alert(1)</script> <b>x</b>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;</p>\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "vbscript:x",
    ],
)
def test_a_link_elsewhere_than_to_pages_mail_and_phones_stays_words(address):
    assert "<a" not in render(f"[сюда]({address})")


def test_a_quote_in_a_link_stays_inside_it():
    assert 'onclick="' not in render('[x](/help/"onclick="alert(1))')


def test_no_headings_and_pictures_that_would_break_the_page():
    assert render("# Большой") == "<p># Большой</p>\n"
    assert "<img" not in render("![x](/static/x.png)")


def test_the_hotline_is_the_one_of_the_settings(settings):
    settings.HOTLINE = "8 (499) 530-56-88"

    assert render("Звоните: {hotline}.") == (
        '<p>Звоните: <a href="tel:+74995305688">8\u00a0(499)\u00a0530-56-88</a>.</p>\n'
    )
