import io
import wave
from array import array

import pytest
from captcha.models import CaptchaStore
from django.urls import reverse

from accounts import speech


def samples(sound: bytes) -> array:
    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getnchannels(), read.getsampwidth()) == (1, 2)
        assert read.getframerate() == speech.RATE
        return array("h", read.readframes(read.getnframes()))


def place_of(clip: array, sound: array) -> int:
    """Where a clip stands in the sound, looking at its loudest second-tenth through the rustle."""
    middle = max(range(len(clip)), key=lambda i: abs(clip[i]))
    part = clip[max(0, middle - 60) : middle + 60]
    for start in range(len(sound) - len(part)):
        heard = sound[start : start + len(part)]
        if all(abs(a - b) <= speech.RUSTLE + 1 for a, b in zip(part, heard, strict=True)):
            return start
    return -1


def test_every_digit_of_every_voice_sounds_and_no_two_are_alike():
    clips = [speech._clip(voice, digit) for voice in speech.VOICES for digit in range(10)]

    assert all(max(map(abs, clip)) > 20000 for clip in clips)
    assert all(0.2 < len(clip) / speech.RATE < 1 for clip in clips)
    assert len({clip.tobytes() for clip in clips}) == 20


def test_the_digits_of_the_code_are_heard_in_their_order():
    sound = samples(speech.spoken("7401", "seed"))

    heard = [
        [place_of(speech._clip(voice, digit), sound) for digit in (7, 4, 0, 1)]
        for voice in speech.VOICES
    ]

    [places] = [found for found in heard if -1 not in found]
    assert places == sorted(places)


def test_another_code_sounds_different_and_the_same_one_can_be_asked_for_in_pieces():
    assert speech.spoken("1234", "a") == speech.spoken("1234", "a")
    assert speech.spoken("1234", "a") != speech.spoken("1235", "a")
    assert speech.spoken("1234", "a") != speech.spoken("1234", "b")


@pytest.mark.django_db
def test_the_page_offers_the_digits_of_its_picture_as_sound(client):
    page = client.get(reverse("accounts:password_reset")).content.decode()
    store = CaptchaStore.objects.latest("pk")
    address = reverse("accounts:spoken_code", args=[store.hashkey])
    assert f'href="{address}"' in page

    answer = client.get(address)

    assert answer["Content-Type"] == "audio/wav"
    sound = b"".join(answer.streaming_content)
    assert max(map(abs, samples(sound))) > 20000
    assert client.get(address, headers={"range": "bytes=0-1"}).status_code == 206
    assert CaptchaStore.objects.filter(pk=store.pk).exists()  # listening is no answer


@pytest.mark.django_db
def test_a_picture_that_is_gone_says_nothing(client):
    assert client.get(reverse("accounts:spoken_code", args=["0" * 40])).status_code == 404
