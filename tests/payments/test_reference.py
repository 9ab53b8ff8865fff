from random import Random
from secrets import SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.reference import (
    ALPHABET,
    check_character,
    display,
    find_in,
    is_valid,
    new,
    normalise,
)

BODIES = st.text(ALPHABET, min_size=7, max_size=7)
REFERENCES = BODIES.map(lambda body: body + check_character(body))
ONE = "7KQ4MX2" + check_character("7KQ4MX2")
TWO = "4HT9WC7" + check_character("4HT9WC7")
CYRILLIC = str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ")


def test_a_new_number_is_valid_and_has_no_character_that_reads_as_another():
    references = {new(Random(seed)) for seed in range(200)}

    assert len(references) == 200
    assert all(is_valid(reference) for reference in references)
    assert not set("".join(references)) & set("01OI")
    assert is_valid(new(SystemRandom()))


@given(REFERENCES, st.integers(0, 7))
def test_every_single_wrong_character_is_found(reference, place):
    for character in ALPHABET.replace(reference[place], ""):
        assert not is_valid(reference[:place] + character + reference[place + 1 :])


@given(REFERENCES)
def test_any_two_exchanged_characters_are_found(reference):
    for first in range(8):
        for second in range(first + 1, 8):
            characters = list(reference)
            if characters[first] == characters[second]:
                continue
            characters[first], characters[second] = characters[second], characters[first]
            assert not is_valid("".join(characters))


@pytest.mark.parametrize("text", ["", ONE[:-1], ONE + "2", "0" + ONE[1:], display(ONE)])
def test_anything_but_eight_of_our_characters_is_not_a_number(text):
    assert not is_valid(text)


@given(REFERENCES)
def test_however_it_is_typed_it_is_understood(reference):
    for typed in (
        display(reference),
        reference.lower(),
        f" {reference[:2]} {reference[2:5]}\u00a0{reference[5:]}\n",
        reference.translate(CYRILLIC),
        reference.translate(CYRILLIC).lower(),
        f"MMC-{display(reference)}",
        f"ммс {reference}",
        f"ММЦ–{reference}",
    ):
        assert normalise(typed) == reference


def test_it_is_shown_in_two_halves():
    assert display(ONE) == f"{ONE[:4]}-{ONE[4:]}"


FOUND = {
    "as printed": f"НДФЛ за патент MMC-{display(ONE)}",
    "alone": display(ONE),
    "alone, one piece": f"патент {ONE} за март",
    "after a number sign": f"№{ONE}",
    "spaces inside": f"MMC {ONE[:3]} {ONE[3:]}",
    "spaces everywhere": "M M C " + " ".join(ONE),
    "a line broken inside": f"НДФЛ MMC-{ONE[:5]}\n{ONE[5:]} без НДС",
    "long dashes": f"MMC—{ONE[:4]}–{ONE[4:]}",
    "small letters": f"mmc-{ONE.lower()}",
    "Cyrillic letters": f"ММС-{ONE.translate(CYRILLIC)}",
    "Cyrillic small letters": f"ммс{ONE.translate(CYRILLIC).lower()}",
    "glued to the word before": f"ПАТЕНТMMC{ONE}",
    "glued to the word after": f"MMC{ONE}ПАТЕНТ",
    "glued to a date": f"MMC-{ONE}14.02.2026",
    "after the prefix alone": f"MMC MMC-{ONE}",
    "twice": f"MMC-{ONE} квитанция {ONE}",
    "beside numbers of other kinds": f"ИНН 775100004210 пат. 77 2600418174 MMC-{ONE} 10000-00",
}


@pytest.mark.parametrize("purpose", FOUND.values(), ids=FOUND.keys())
def test_a_number_in_a_purpose_is_found(purpose):
    assert find_in(purpose) == [ONE]


def test_two_numbers_are_both_found_in_their_order():
    assert find_in(f"{TWO}, MMC-{ONE}") == [TWO, ONE]
    assert find_in(f"MMC-{ONE} MMC-{TWO}") == [ONE, TWO]


@pytest.mark.parametrize(
    "purpose",
    [
        "",
        "НДФЛ в виде фиксированного авансового платежа",
        f"MMC-{ONE[:-1]}",
        f"MMC-0{ONE[1:]}",
        f"MMC-{ONE[1]}{ONE[0]}{ONE[2:]}",
        f"X{ONE}",
        f"{ONE}2",
        "КБК 18210102040011000110 ОКТМО 45000000",
    ],
)
def test_what_is_not_a_number_is_not_found(purpose):
    assert find_in(purpose) == []


@given(st.text())
def test_any_text_may_be_searched(text):
    assert all(is_valid(found) for found in find_in(text))
    assert isinstance(normalise(text), str)
