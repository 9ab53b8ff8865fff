import pytest

from notifications.length import segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("a" * 69 + "я", 1),
        ("a" * 70 + "я", 2),
        ("🙂" * 35, 1),
        ("🙂" * 66, 2),
        ("🙂" * 67, 3),
    ],
)
def test_parts_of_a_text(text, parts):
    assert segments(text) == parts


def test_extended_sign_is_not_cut_between_parts():
    """Its two septets do not fit behind 152 others, so 306 septets need a third part."""
    assert segments("a" * 152 + "€" + "a" * 152) == 3
