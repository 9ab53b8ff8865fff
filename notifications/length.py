"""How many SMS a text is: operators bill by parts, and a long one comes in pieces on old phones."""

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€\f")  # two septets each


def segments(text: str) -> int:
    """Parts of a text: 160, then 153 septets in GSM-7; 70, then 67 units in UCS-2 (Cyrillic)."""
    if set(text) <= BASIC | EXTENDED:
        return _parts([2 if c in EXTENDED else 1 for c in text], whole=160, part=153)
    return _parts([2 if ord(c) > 0xFFFF else 1 for c in text], whole=70, part=67)


def _parts(widths: list[int], *, whole: int, part: int) -> int:
    """A character of two units is not cut between two parts."""
    if sum(widths) <= whole:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > part:
            count, used = count + 1, 0
        used += width
    return count
