"""Whatever bytes come: lines or a refusal with a sentence, soon, and nothing else."""

import os
import re
import subprocess
import sys
import time
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.payments.fuzz.check import one_input
from tests.payments.fuzz.samples import FORMATS

SHORT = ("-runs=400", "-seed=20260211")
SECONDS = os.environ.get("FUZZ_SECONDS", "300")
MARKS = re.compile(r"#\d+\s+(INITED|DONE)\s+cov: (\d+) ft: (\d+)")
SOON = 5  # seconds of work for a file of a few kilobytes

SAMPLES = list(chain.from_iterable(samples for _parser, samples in FORMATS.values()))
WORDS = [
    *(b"", b"\x00", b"\xff\xfe", b"\r\n", b"=", b";", b'"', b"<", b"&l9;", b"]]>", b"\xef\xbb\xbf"),
    *("КонецДокумента\r\n".encode("cp1251"), "СекцияДокумент=\r\n".encode("cp1251")),
    *("РасчСчет=1\r\n".encode("cp1251"), b"99999999999999999999", b"-1", b"1e400", b"NaN"),
    *(b"31.02.2026", b"0000-00-00", b"9999-12-31T23:59:59-14:00", b"<Ntry>", b"</Stmt>"),
    *(b'<!DOCTYPE a [<!ENTITY b "c">]>', b'xmlns:a="b"', b"<a:b/>", b"<?x y?>", b"<!--"),
]


@st.composite
def damaged(draw) -> bytes:
    """A good file with some parts cut out, put in, doubled or exchanged."""
    content = draw(st.sampled_from(SAMPLES))
    for _change in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 300)))
        put = draw(st.sampled_from([*WORDS, content[start:end] * 2]) | st.binary(max_size=8))
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.parametrize("name", FORMATS)
def test_the_samples_themselves_are_read(name):
    parser, samples = FORMATS[name]

    assert all(one_input(parser, content) for content in samples)


@pytest.mark.parametrize("name", FORMATS)
@given(content=damaged() | st.binary(max_size=2000))
def test_a_damaged_file_gives_lines_or_a_refusal_and_nothing_else(name, content):
    started = time.process_time()

    one_input(FORMATS[name][0], content)

    assert time.process_time() - started < SOON


def fuzz(name: str, folder, *options: str) -> dict[str, tuple[int, int]]:
    """What the fuzzer saw at its beginning and at its end: lines of code, and ways through them."""
    command = [sys.executable, "-m", "tests.payments.fuzz", name, str(folder)]
    told = subprocess.run([*command, "-max_len=16384", *options], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-3000:]
    return {mark: (int(lines), int(ways)) for mark, lines, ways in MARKS.findall(told.stderr)}


@pytest.mark.parametrize("name", FORMATS)
def test_a_short_fuzz_finds_new_ways_and_no_accident(name, tmp_path):
    seen = fuzz(name, tmp_path, *SHORT)

    assert seen["INITED"][0] > 50, "the parser is not instrumented"
    assert seen["DONE"] > seen["INITED"]


@pytest.mark.long
@pytest.mark.timeout(int(SECONDS) + 600)
@pytest.mark.parametrize("name", FORMATS)
def test_a_long_fuzz_finds_new_ways_and_no_accident(name, tmp_path):
    seen = fuzz(name, tmp_path, f"-max_total_time={SECONDS}", "-timeout=60", "-rss_limit_mb=1000")

    assert seen["DONE"] > seen["INITED"]
