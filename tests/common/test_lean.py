"""The stylesheet that loses what no page uses, and nothing else."""

import re

import pytest

from common import finders
from common.lean import lean
from tests.html import faults

GLUED = re.compile(r'class="[^"]*[\w-]-\{[{%][^"]*"')


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".btn{color:red}.carousel{top:0}", ".btn{color:red}"),
        (".btn,.carousel>a{top:0}", ".btn{top:0}"),
        (".btn:not(.active,.show){top:0}", ""),
        (".btn:not(.btn,.btn){top:0}", ".btn:not(.btn,.btn){top:0}"),
        ("a,[type=x]{top:0}/* word */", "a,[type=x]{top:0}"),
        ("@media print{.carousel{top:0}}", ""),
        ("@media print{.btn{top:0}.carousel{top:0}}", "@media print{.btn{top:0}}"),
        (
            "@media print{@supports (top:0){.btn{top:0}}}",
            "@media print{@supports (top:0){.btn{top:0}}}",
        ),
        ("@keyframes turn{to{top:1px}}", "@keyframes turn{to{top:1px}}"),
    ],
)
def test_a_rule_stays_when_a_page_can_use_it(css, left):
    assert lean(css, {"btn"}) == left


def test_the_lean_stylesheet_is_a_third_of_the_whole():
    with open(finders.storage().path(finders.NAME)) as file:
        served = file.read()

    assert len(served) < len(finders.whole()) / 3


def test_the_guard_of_every_page_names_a_class_that_was_dropped():
    """`tests.html` asks it of each page that any test opens."""
    page = '<html lang="ru"><title>x</title><h1 class="carousel btn">x</h1></html>'

    assert faults(page) == ["class carousel has lost its style"]


def test_no_template_glues_the_name_of_a_class(settings):
    """`btn-{{ kind }}` would be a class that nobody finds by reading the templates."""
    found = [
        f"{path.name}: {glued}"
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for glued in GLUED.findall(path.read_text())
    ]
    assert found == []
