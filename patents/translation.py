"""Columns of the languages, and the history of what stands in them (decision 010)."""

from modeltranslation.translator import TranslationOptions, translator

from journal.history import keep_history
from patents.models import DocumentKind, News, RefusalKind


class TextOptions(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("ru",)


class NewsOptions(TranslationOptions):
    fields = ("title", "text")
    required_languages = ("ru",)


for model, options in (
    (DocumentKind, TextOptions),
    (RefusalKind, TextOptions),
    (News, NewsOptions),
):
    translator.register(model, options)
    keep_history(model)
