"""Pauses of the trial: a killed worker's message that its operator then refuses waits seconds."""

from datetime import timedelta

from notifications.services import outcomes

outcomes.FIRST_PAUSE = timedelta(seconds=1)
