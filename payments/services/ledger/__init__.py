"""The books: where each kopeck is, which months it buys, and who is told."""
