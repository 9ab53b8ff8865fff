"""The only reader of the environment in the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """Where the sandbox keeps its state, whom it talks to, and how fast its world turns."""

    data_dir: Path
    statements_dir: Path
    portal_url: str = "http://127.0.0.1:8000"
    sandbox_url: str = "http://127.0.0.1:8001"
    treasury_delay_seconds: float = 20.0
    day_seconds: float | None = None
    hold: frozenset[str] = frozenset()
    shop_id: str = "sandbox-shop"
    secret_key: str = "sandbox-secret"
    ministry_token: str = "sandbox-ministry"
    smsru_callback: str = ""  # the one address to which this gate tells of deliveries
    hook_secret: str = "sandbox-hook"
    ussd_secret: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Config":
        var = Path(environ.get("VAR_DIR") or "var")
        return cls(
            data_dir=Path(environ.get("SANDBOX_DATA") or var / "sandbox"),
            statements_dir=Path(environ.get("STATEMENTS_DIR") or var / "statements" / "inbox"),
            portal_url=_url(environ.get("PORTAL_URL") or cls.portal_url),
            sandbox_url=_url(environ.get("SANDBOX_URL") or cls.sandbox_url),
            treasury_delay_seconds=float(environ.get("TREASURY_DELAY_SECONDS") or 20),
            day_seconds=_optional_seconds(environ.get("SANDBOX_DAY_SECONDS")),
            hold=_words(environ.get("SANDBOX_HOLD", "")),
            shop_id=environ.get("YOOKASSA_SHOP_ID") or cls.shop_id,
            secret_key=environ.get("YOOKASSA_SECRET_KEY") or cls.secret_key,
            ministry_token=environ.get("MINISTRY_TOKEN") or cls.ministry_token,
            smsru_callback=_smsru_callback(environ),
            hook_secret=environ.get("SMS_HOOK_SECRET") or cls.hook_secret,
            ussd_secret=environ.get("USSD_SECRET") or cls.ussd_secret,
        )


def _smsru_callback(environ: Mapping[str, str]) -> str:
    portal = _url(environ.get("PORTAL_URL") or Config.portal_url)
    secret = environ.get("SMS_HOOK_SECRET") or "sandbox-hook"
    return f"{portal}/hooks/sms/smsru/{secret}/"


def _url(text: str) -> str:
    return text.rstrip("/")


def _optional_seconds(text: str | None) -> float | None:
    return float(text) if text else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())
