"""Fixtures of the cabinet's tests."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _nobodys_language():
    """A request of another test leaves its language behind; texts are written in the centre's."""
    translation.deactivate()
