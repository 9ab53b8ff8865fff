"""What a neighbour says no to, and how that is told."""


class Refused(Exception):
    """The request cannot be carried out; the sentence is for the person who sent it."""

    def __init__(self, sentence: str, status: int = 400):
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
