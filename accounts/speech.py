"""The picture code, spoken: Russian digits one after another, with a rustle over them.

The clips were made once by espeak-ng 1.52 (`digits/`: two voices, 11025 Hz), so that a machine
with nothing prepared can speak. Whoever wants to fool this code can, as with the picture.
"""

import io
import random
import wave
from array import array
from functools import cache
from pathlib import Path

CLIPS = Path(__file__).parent / "digits"
VOICES = (1, 2)
RATE = 11025
PAUSE = 0.45, 0.8  # seconds between digits: time to type one
RUSTLE = 500  # of 32767


def spoken(code: str, seed: str) -> bytes:
    """A WAV file; the same seed gives the same bytes, which players that ask for pieces need."""
    dice = random.Random(seed)
    voice = dice.choice(VOICES)
    samples = _silence(dice)
    for digit in code:
        samples += _clip(voice, int(digit)) + _silence(dice)
    return _wav(array("h", [_rustled(sample, dice) for sample in samples]))


@cache
def _clip(voice: int, digit: int) -> array:
    with wave.open(str(CLIPS / f"{voice}-{digit}.wav")) as clip:
        return array("h", clip.readframes(clip.getnframes()))


def _silence(dice: random.Random) -> array:
    return array("h", bytes(2 * int(dice.uniform(*PAUSE) * RATE)))


def _rustled(sample: int, dice: random.Random) -> int:
    return max(-32768, min(32767, sample + int((dice.random() - 0.5) * 2 * RUSTLE)))


def _wav(samples: array) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()
