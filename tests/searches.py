"""What a member of the staff types into a search, and the page that answers."""

BUTTON = {"search": "1"}


def searched(client, address: str, words: str):
    """The page at the end: a list answers with a redirect to an address without the words."""
    return client.post(address, {"q": words, **BUTTON}, follow=True)
