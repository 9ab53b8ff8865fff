"""Pieces of pages that are drawn once in a process: nothing of one visit reaches another."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from common.templatetags import portal


def drawn(source: Template, **facts) -> str:
    return source.render(Context(facts))


def test_a_piece_is_drawn_once_for_everybody(monkeypatch):
    piece = Template("{% drawn_once %}{% icon 'home' %}{% enddrawn_once %}")
    first = drawn(piece)
    monkeypatch.setattr(piece.nodelist[0], "nodelist", None)

    assert "<svg" in first == drawn(piece)


def test_nothing_of_a_visit_gets_inside():
    piece = Template("{% drawn_once %}{{ name|default:'nobody' }}{% enddrawn_once %}")

    assert drawn(piece, name="Каримов") == drawn(piece, name="Рахимов") == "nobody"


def test_a_value_that_is_named_makes_a_piece_of_its_own():
    piece = Template("{% drawn_once at=here %}{{ at }}{% enddrawn_once %}, {{ name }}")

    said = [drawn(piece, here=here, name=name) for here, name in ("ax", "by", "az")]

    assert said == ["a, x", "b, y", "a, z"]


def test_each_language_has_its_piece():
    piece = Template("{% load i18n %}{% drawn_once %}{% trans 'Help' %}{% enddrawn_once %}")

    with override("en"):
        english = drawn(piece)
    with override("ru"):
        russian = drawn(piece)

    assert (english, russian) == ("Help", "Помощь")


def test_values_from_outside_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(portal, "MOST_PIECES", 3)
    piece = Template("{% drawn_once at=here %}{{ at }}{% enddrawn_once %}")

    assert [drawn(piece, here=here) for here in range(8)] == [str(here) for here in range(8)]
    assert len(piece.nodelist[0]._drawn) <= 3


def test_a_block_inside_is_refused():
    """It would be the block of whichever page came first."""
    with pytest.raises(TemplateSyntaxError, match="a block"):
        Template("{% drawn_once %}<p>{% block title %}{% endblock %}</p>{% enddrawn_once %}")
