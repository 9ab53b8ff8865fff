"""Cyrillic capitals that look like Latin ones: a person at a bank's counter types what they see."""

LOOKALIKES = ("АВЕЁЗКМНРСТУХЅЈ", "ABEE3KMHPCTYXSJ")
