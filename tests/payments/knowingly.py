"""A person who reads what is already paid, and pays nevertheless."""

import re

from django.urls import reverse

KNOWN = re.compile(r'name="known" value="(\w+)"')


def knowingly(client, url: str, data: dict, **more):
    """Send a form; where what is already paid is to be read first, go on from there."""
    answer = client.post(url, data, **more)
    found = KNOWN.search(answer.content.decode())
    return client.post(url, data | {"known": found[1], "knows": "on"}, **more) if found else answer


def read_before(client, paper, page: str = "receipt"):
    """Read what stands before a page of a receipt, and go on to the page."""
    query = {"receipt": paper.reference} if page == "pay" else {}
    address = reverse(f"payments:{page}", args=[] if query else [paper.reference], query=query)
    found = KNOWN.search(client.get(address).content.decode())
    return client.post(address, {"looked_at": "1", "known": found[1]}, follow=True)
