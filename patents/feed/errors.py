"""What can be wrong with an answer, or a file, of the Ministry as a whole."""

from django.utils.translation import gettext_lazy as _

from common.errors import Refusal
from patents.models import FeedTrouble


class FeedUnavailable(Exception):
    """No answer that can be used; ask again later with the same cursor."""

    def __init__(self, trouble: FeedTrouble):
        super().__init__(trouble)
        self.trouble = trouble


class NotAFeedFile(Refusal):
    message = _("This is not a file of the Ministry: it must have one item a line, in UTF-8.")
