"""What a phone remembers, and the aggregator that carries its codes and messages to the portal."""

import re
import sqlite3
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

import requests

from sandbox import clock, courier
from sandbox.config import Config
from sandbox.errors import Refused
from sandbox.sms.centre import normalised
from sandbox.store import Store

GATE = "smsaero"
KEYS = "1234567890*#"
LONGEST_TYPED, LONGEST_SMS = 40, 670
TIMEOUT_SECONDS = 10
CODE = re.compile(r"\*[0-9]+(\*[0-9]+)*#")
NO_CODE = "Такого кода нет. Короткий код начинается со звёздочки и кончается решёткой."
NO_ANSWER = "Нет ответа. Попробуйте позже."


@dataclass(frozen=True, slots=True)
class Handset:
    """What is on the screen, what is being typed, and whether the network waits for an answer."""

    phone: str
    typed: str = ""
    screen: str = ""
    session: str = ""
    code: str = ""
    trail: str = ""

    @property
    def asks(self) -> bool:
        return bool(self.session)


class Phones:
    def __init__(self, store: Store, config: Config):
        self.store, self.config = store, config

    def handset(self, phone: str) -> Handset:
        phone = normalised(phone)
        row = self.store.row("SELECT * FROM handsets WHERE phone = ?", phone)
        return Handset(**dict(row)) if row else Handset(phone)

    def press(self, phone: str, typed: str, key: str) -> None:
        """One key of the keypad, after what already stands there."""
        if len(key) != 1 or key not in KEYS:
            raise Refused("Такой кнопки у телефона нет.")
        self._keep(self.handset(phone), typed=(typed + key)[:LONGEST_TYPED])

    def rub_out(self, phone: str, typed: str) -> None:
        self._keep(self.handset(phone), typed=typed[:-1])

    def hang_up(self, phone: str) -> None:
        self._keep(self.handset(phone), typed="", screen="", session="", code="", trail="")

    def call(self, phone: str, typed: str) -> None:
        """Dial a code, or answer what the screen asks: the portal says what stands there then."""
        handset, typed = self.handset(phone), typed.strip()[:LONGEST_TYPED]
        if handset.asks:
            trail = "*".join(part for part in (handset.trail, typed) if part)
            return self._step(handset, handset.session, handset.code, trail)
        if not CODE.fullmatch(typed):
            return self._keep(handset, typed="", screen=NO_CODE)
        return self._step(handset, uuid4().hex, typed, "")

    def _step(self, handset: Handset, session: str, code: str, trail: str) -> None:
        said, asks = self._carry(session, f"+{handset.phone}", code, trail)
        if asks:
            self._keep(handset, typed="", screen=said, session=session, code=code, trail=trail)
        else:
            self._keep(handset, typed="", screen=said, session="", code="", trail="")

    def _carry(self, session: str, phone: str, code: str, text: str) -> tuple[str, bool]:
        """What the portal's callback answers, and whether it asks for more."""
        secret = self.config.ussd_secret
        try:
            answer = requests.post(
                f"{self.config.portal_url}/ussd/",
                data={"session": session, "phone": phone, "code": code, "text": text},
                auth=("sandbox", secret) if secret else None,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            return NO_ANSWER, False
        answer.encoding = "utf-8"
        word, _space, said = answer.text.partition(" ")
        if word not in ("CON", "END"):
            return NO_ANSWER, False
        return said, word == "CON"

    def _keep(self, handset: Handset, **facts) -> None:
        now = {name: getattr(handset, name) for name in handset.__slots__} | facts
        self.store.execute(
            "INSERT OR REPLACE INTO handsets (phone, typed, screen, session, code, trail)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(now[name] for name in ("phone", "typed", "screen", "session", "code", "trail")),
        )

    # --- messages that the phone sends

    def send(self, phone: str, text: str) -> None:
        """Leave a message to the courier, as a gate carries it to the portal."""
        phone, text = normalised(phone), text.strip()[:LONGEST_SMS]
        if not text:
            raise Refused("Пустое сообщение не отправить.")
        with self.store.write() as connection:
            row = connection.execute(
                "INSERT INTO written (phone, text, sent_at) VALUES (?, ?, ?) RETURNING id",
                (phone, text, clock.in_seconds(0)),
            ).fetchone()
            courier.promise(
                connection,
                kind="sms-inbound",
                url=f"{self.config.portal_url}/hooks/sms/{GATE}/{self.config.hook_secret}/inbound/",
                body=urlencode({"id": f"in-{row['id']}", "phone": phone, "text": text}),
                content_type=courier.FORM,
                after=0,
            )

    def written(self, phone: str, limit: int = 20) -> list[sqlite3.Row]:
        """What this phone sent, newest first."""
        return self.store.rows(
            "SELECT * FROM written WHERE phone = ? ORDER BY id DESC LIMIT ?",
            normalised(phone),
            limit,
        )
