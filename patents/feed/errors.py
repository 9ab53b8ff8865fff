"""What can be wrong with an answer, or a file, of the Ministry as a whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.errors import Refusal


class Trouble(models.TextChoices):
    """Why an answer was none, in words for staff."""

    NO_ANSWER = "no_answer", _("the Ministry does not answer")
    REFUSED = "refused", _("the Ministry does not accept our key")
    ERROR = "error", _("the Ministry answers with an error")
    NOT_DATA = "not_data", _("the Ministry answers with something that is not its data")
    TOO_LARGE = "too_large", _("the answer of the Ministry is too large")


class FeedUnavailable(Exception):
    """No answer that can be used; ask again later with the same cursor."""

    def __init__(self, trouble: Trouble):
        super().__init__(trouble)
        self.trouble = trouble


class NotAFeedFile(Refusal):
    message = _("This is not a file of the Ministry: it must have one item a line, in UTF-8.")
