"""What an item says, once it is known to make sense."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`key` names the item that says it; `occurred` is a Moscow day."""

    key: str
    occurred: date
    recorded_at: datetime

    @property
    def word(self) -> tuple:
        """What is said: two facts with the same word say the same."""
        return (self.occurred,)

    @property
    def age(self) -> tuple:
        """Of two words the greater one counts; the key makes the order whole."""
        return (self.recorded_at, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutApplication(Fact):
    application: str


class Sent(AboutApplication):
    """The papers are at the Ministry."""


class Ready(AboutApplication):
    """The patent lies at the centre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(AboutApplication):
    series: str
    number: str
    profession: str = ""

    @property
    def word(self) -> tuple:
        return (self.occurred, self.series, self.number, self.profession)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(AboutApplication):
    """`code` is the address of a usual reason, maybe unknown here; `until` is included."""

    reason: str
    code: str = ""
    advice: str = ""
    until: date | None = None

    @property
    def word(self) -> tuple:
        return (self.occurred, self.reason, self.code, self.advice, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulled(AboutApplication):
    """`series` and `number` are empty where the Ministry did not name the patent."""

    reason: str
    series: str = ""
    number: str = ""

    @property
    def word(self) -> tuple:
        return (self.occurred, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class InnAssigned(AboutApplication):
    value: str

    @property
    def word(self) -> tuple:
        return (self.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsTold(Fact):
    """Titles and texts by language; Russian is always among them."""

    news: str
    title: tuple[tuple[str, str], ...]
    text: tuple[tuple[str, str], ...]

    @property
    def word(self) -> tuple:
        return (self.occurred, self.title, self.text)
