from enum import StrEnum


class Action(StrEnum):
    """The one button of a page; whoever shows it knows the address."""

    PAY = "pay"
    PAY_AHEAD = "pay-ahead"
    PAY_FIRST = "pay-first"
    CERTIFICATE = "certificate"
    CHEQUE = "cheque"
    NEW_PATENT = "new-patent"
    WHAT_NOW = "what-now"
    BOOK = "book"
    PAPERS = "papers"
