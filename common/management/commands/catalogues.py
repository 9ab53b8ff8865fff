from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import catalogues


class Command(BaseCommand):
    help = "Keeps the translation catalogues: brings them up to the code, compiles, checks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--language", choices=catalogues.languages())
        parser.add_argument("--add", nargs="+", type=Path, metavar="PO", default=[])
        parser.add_argument("--compile", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *, language, add, compile, check, **options):
        languages = [language] if language else catalogues.languages()
        if compile:
            catalogues.compile_all()
        elif check:
            self.check_complete(languages)
        else:
            self.take_over(language or catalogues.COMPLETE, add)
            self.bring_up(languages)

    def take_over(self, language, sources):
        for source in sources:
            taken = catalogues.add(language, source)
            self.stdout.write(f"{source}: {taken} translations taken over")

    def bring_up(self, languages):
        for language in languages:
            catalogue = catalogues.update(language)
            empty = len(catalogue.untranslated_entries())
            self.stdout.write(f"{language}: {len(catalogue)} messages, {empty} empty")
        catalogues.compile_all()

    def check_complete(self, languages):
        found = {language: catalogues.problems(language) for language in languages}
        missing = [f"{name}: {problem}" for name, lines in found.items() for problem in lines]
        if missing:
            raise CommandError("\n".join(missing))
        self.stdout.write(f"{', '.join(languages)}: complete")
