"""Every setting: type, default, reason. Read from the environment and `.env`; an odd value is refused by its name."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set. `.env.example` lists the same names; a test compares them."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    # From @BotFather. Without it only `demo` and the offline commands work.
    telegram_bot_token: SecretStr = SecretStr("")
    # Root of the Bot API, to which /bot<token>/<method> is added: a self-hosted server or the gateway.
    telegram_api_url: str = "https://api.telegram.org"
    # A proxy for everything that goes to Telegram, for example http://127.0.0.1:8118.
    telegram_proxy: str = ""
    # Telegram's sending limits: auto = on except towards loopback. A self-hosted Bot API server on this machine needs `on`.
    telegram_limits: Literal["auto", "on", "off"] = "auto"
    # SQLite needs nothing installed; postgresql+psycopg://user@host/name for many workers later.
    database_url: str = "sqlite:///bangfu.db"
    # The zone in which people are told dates and in which the quiet hours 21:00-08:00 lie.
    timezone: str = "Asia/Shanghai"
    # Telegram ids that are coordinators of all counties from the start, separated by commas.
    coordinator_ids: Annotated[list[int], NoDecode] = Field(default_factory=list)

    @field_validator("coordinator_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone {value!r}, for example Asia/Shanghai") from error
        return value

    @field_validator("telegram_proxy")
    @classmethod
    def _http_proxy(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must be an HTTP proxy, for example http://127.0.0.1:8118")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _root(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")


@cache
def load_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
