"""Cheques that people show while the Treasury shows nothing, and searches for their money."""
