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

from tests.payments.fuzz import record
from tests.payments.fuzz.record import ALL, ENDED, Seen, kept_in, must_not_lose
from tests.payments.fuzz.samples import FORMATS

SHORT = ("-runs=400", "-seed=20260211")
SECONDS = os.environ.get("FUZZ_SECONDS", "300")
MARKS = re.compile(r"#(\d+)\s+(INITED|DONE)\s+cov: (\d+) ft: (\d+)")
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
    holds, samples = FORMATS[name]

    assert all(holds(content) for content in samples)


@pytest.mark.parametrize("name", FORMATS)
@given(content=damaged() | st.binary(max_size=2000))
def test_a_damaged_file_gives_lines_or_a_refusal_and_nothing_else(name, content):
    started = time.process_time()

    holds, _samples = FORMATS[name]
    holds(content)

    assert time.process_time() - started < SOON


def told(name: str, folder, *options: str) -> str:
    command = [sys.executable, "-m", "tests.payments.fuzz", name, str(folder)]
    done = subprocess.run([*command, "-max_len=16384", *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


def seen_in(said: str) -> dict[str, Seen]:
    """What the fuzzer saw at its beginning and at its end."""
    marks = MARKS.findall(said)
    return {mark: Seen(int(runs), int(lines), int(ways)) for runs, mark, lines, ways in marks}


def fuzz(name: str, folder, *options: str) -> dict[str, Seen]:
    return seen_in(told(name, folder, *options))


def test_a_short_fuzz_of_each_finds_new_ways_and_no_accident(tmp_path, record_property):
    """All in one process after another: its start takes longer than these runs."""
    *said, _rest = re.split(rf"^{ENDED} .*$", told(ALL, tmp_path, *SHORT), flags=re.MULTILINE)

    for name, seen in zip(FORMATS, map(seen_in, said), strict=True):
        record_property(f"fuzz_{name}", str(seen["DONE"]))
        assert seen["INITED"].lines > 50, f"{name}: the parser is not instrumented"
        assert seen["DONE"].ways > seen["INITED"].ways, name


@pytest.mark.long
def test_an_accident_of_one_format_ends_the_run_of_all(tmp_path):
    with pytest.raises(AssertionError, match="an accident of"):
        told(ALL, tmp_path, "-runs=1", "-dict=/no/such/words")


@pytest.mark.long
@pytest.mark.timeout(int(SECONDS) + 600)
@pytest.mark.parametrize("name", FORMATS)
def test_a_long_fuzz_goes_on_where_the_last_one_ended_and_finds_no_accident(name, record_property):
    """Its inputs are kept in VAR_DIR, so what was once reached is reached again. Where none are
    kept yet, the run must find ways that the samples do not go."""
    folder = kept_in(name)
    is_new = not folder.exists()

    seen = fuzz(name, folder, f"-max_total_time={SECONDS}", "-timeout=60", "-rss_limit_mb=1000")

    record_property(f"fuzz_{name}", str(seen["DONE"]))
    assert not is_new or seen["DONE"].ways > seen["INITED"].ways
    must_not_lose(folder, seen["DONE"])


def test_a_run_that_reaches_less_of_the_same_code_than_the_last_one_fails(tmp_path):
    must_not_lose(tmp_path, Seen(1000, 500, 900))
    must_not_lose(tmp_path, Seen(1000, 510, 890))

    with pytest.raises(AssertionError):
        must_not_lose(tmp_path, Seen(9000, 509, 950))


def test_other_code_begins_a_record_of_its_own(tmp_path, monkeypatch):
    must_not_lose(tmp_path, Seen(1000, 500, 900))
    monkeypatch.setattr(record, "code", lambda: "another")

    must_not_lose(tmp_path, Seen(1000, 400, 900))
