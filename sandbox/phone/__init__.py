"""A phone to play with: a keypad, a screen, messages."""
