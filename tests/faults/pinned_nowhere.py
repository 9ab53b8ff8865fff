"""The twin of the trial: who is asked is written nowhere before, so a killed worker leaves a
message that another operator may get too."""

from notifications.services import sending

sending._pin = lambda going: going
