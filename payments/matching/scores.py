"""How sure a verdict is whose money a line is, from 0 to 100: the table of docs/matching.md.

What posts by itself scores CERTAIN or more. A likeness (`likeness.py`) never does: there a person
decides.
"""

RECEIPT = 100  # our receipt, and its exact sum
ANOTHER_SUM = 96  # our receipt, and a sum that is not its own
SECOND_SUM = 95  # our receipt once more: its first sum is posted
TAKEN = 94  # the INN, and a sum that the acquirer or the till took
INN = 92  # one person's INN, and whole months of the tariff of the day
POSTING = 90  # nothing says the day: the day of posting proves that it was in time
PARTS = 88  # sums that make months together only
CERTAIN = 88
SEVERAL_PAPERS = 80  # several receipts of one application: whose is clear, for what is not
ELSEWHERE = 80  # whose is clear; its КБК or ОКТМО leads elsewhere
NOBODY = 0

# Likenesses.
HIGHEST = 85
LIKELY = 70  # one member of the staff takes such a candidate, two a lesser one
MAY_BE = 35  # so like somebody's that they may have paid it: a name and months, a number
LEAST = 25  # less is no hint
TOO_CLOSE = 15  # with somebody else so near, nobody is likely
