"""The Interior Ministry: facts about applications, and news, told over HTTP with a cursor."""
