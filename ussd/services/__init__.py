"""What a phone may ask of us: by a short code, or by a word in an SMS."""

from ussd.services.dialogue import answer, forget_what_is_over
from ussd.services.inbound import take_in

__all__ = ["answer", "forget_what_is_over", "take_in"]
