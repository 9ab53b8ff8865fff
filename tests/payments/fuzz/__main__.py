"""A fuzzer that is led by coverage: `python -m tests.payments.fuzz FORMAT CORPUS [options]`.

The options are those of libFuzzer, such as -max_total_time=600. It stops at the first input that a
parser answers with anything but lines or a refusal, and keeps it in the folder.
"""

import os
import sys
from pathlib import Path
from typing import NoReturn

import atheris
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mmc_portal.settings.test")

# What is imported already is not seen: the apps import the parsers.
with atheris.instrument_imports(include=["payments.statements", "payments.opening"]):
    django.setup()
    from tests.payments.fuzz.record import ALL, ENDED
    from tests.payments.fuzz.samples import FORMATS


def main() -> None:
    """One format, or each of ALL one after another, with a folder of its own in FOLDER."""
    name, folder, *options = sys.argv[1:]
    if name != ALL:
        fuzz(name, Path(folder), options)
    for one in FORMATS:
        if os.fork() == 0:  # the fuzzer ends its process
            fuzz(one, Path(folder) / one, options)
        if os.wait()[1]:
            sys.exit(f"an accident of {one}")
        sys.stderr.write(f"{ENDED} {one}\n")


def fuzz(name: str, corpus: Path, options: list[str]) -> NoReturn:
    holds, samples = FORMATS[name]
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(samples):
        (corpus / f"sample-{number}").write_bytes(content)
    target = atheris.instrument_func(lambda data: holds(data) and None)
    atheris.Setup([sys.argv[0], str(corpus), f"-artifact_prefix={corpus}/", *options], target)
    atheris.Fuzz()
    sys.exit()


main()
