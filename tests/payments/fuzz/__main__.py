"""A fuzzer that is led by coverage: `python -m tests.payments.fuzz FORMAT CORPUS [options]`.

The options are those of libFuzzer, such as -max_total_time=600. It stops at the first input that a
parser answers with anything but lines or a refusal, and keeps it in the folder.
"""

import os
import sys
from pathlib import Path

import atheris
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")

# What is imported already is not seen: the apps import the parsers.
with atheris.instrument_imports(include=["payments.statements", "payments.opening"]):
    django.setup()
    from tests.payments.fuzz.samples import FORMATS


def main() -> None:
    name, folder, *options = sys.argv[1:]
    holds, samples = FORMATS[name]
    corpus = Path(folder)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(samples):
        (corpus / f"sample-{number}").write_bytes(content)
    target = atheris.instrument_func(lambda data: holds(data) and None)
    atheris.Setup([sys.argv[0], folder, f"-artifact_prefix={folder}/", *options], target)
    atheris.Fuzz()


main()
