"""Columns of the languages, and the history of what stands in them.

History is kept here: its triggers must see the columns that the translation adds.
"""

from modeltranslation.translator import TranslationOptions, translator

from cabinet.models import Announcement, HelpTopic, Obligation
from journal.history import keep_history


class TextOptions(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("ru",)


for model in (Announcement, HelpTopic, Obligation):
    translator.register(model, TextOptions)
    keep_history(model)
