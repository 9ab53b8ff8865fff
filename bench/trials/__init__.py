"""Trials of money taken online: seeded, against an acquirer that fails in every known way."""
