"""Columns of the languages, and the history of what stands in them (decision 010)."""

from modeltranslation.translator import TranslationOptions, translator

from journal.history import keep_history
from patents.models import DocumentKind, RefusalKind


class TextOptions(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("ru",)


for model in (DocumentKind, RefusalKind):
    translator.register(model, TextOptions)
    keep_history(model)
