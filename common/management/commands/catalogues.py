from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import catalogues


class Command(BaseCommand):
    help = "Keeps the translation catalogues: brings them up to the code, compiles, checks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--language", default="ru")
        parser.add_argument("--add", nargs="+", type=Path, metavar="PO", default=[])
        parser.add_argument("--compile", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *, language, add, compile, check, **options):
        if compile:
            return catalogues.compile_all()
        if check:
            return self.check_complete(language)
        for source in add:
            taken = catalogues.add(language, source)
            self.stdout.write(f"{source}: {taken} translations taken over")
        catalogue = catalogues.update(language)
        catalogues.compile_all()
        self.stdout.write(
            f"{language}: {len(catalogue)} messages, {len(catalogue.untranslated_entries())} empty"
        )
        return None

    def check_complete(self, language):
        found = catalogues.problems(language)
        if found:
            raise CommandError(f"{language} is not complete:\n" + "\n".join(found))
        self.stdout.write(f"{language}: complete")
