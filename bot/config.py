"""Settings: read once from the environment and `.env`, typed, frozen. Every one stands in `.env.example`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSettings

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(/[\w.~/-]*)?", re.ASCII)  # no query, nobody's name
PUBLIC = re.compile(r"https://|http://(127\.0\.0\.1|localhost)([:/]|$)")  # the second: a fake on this machine
PLACEHOLDERS = re.compile(r"change.?me|your.?token|example|placeholder|xxx+", re.IGNORECASE)


def no_placeholder(value: object) -> object:
    """An example copied unchanged from a page is not a secret."""
    if isinstance(value, str) and PLACEHOLDERS.search(value):
        raise ValueError("is still the example's placeholder: put the real value there, or leave it empty")
    return value


def empty_is_none(value: object) -> object:
    """`NAME=` in a .env file means: not set."""
    return None if value == "" else value


Secret = Annotated[SecretStr | None, BeforeValidator(no_placeholder), BeforeValidator(empty_is_none)]


class Section(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PlatformSettings(Section):
    """What every platform's section has. The section has the platform's name; without a token it stays shut."""

    token: Secret = None
    api_url: str

    @field_validator("api_url")
    @classmethod
    def _url(cls, url: str) -> str:
        if not re.match(r"https?://", url):
            raise ValueError("must begin with https:// (or http:// for a server of your own)")
        return url.rstrip("/")


class TelegramSettings(PlatformSettings):
    """`BINHYEN_TELEGRAM__*`. The limits are the platform's own (Bots FAQ) and can be lowered; 0 switches one off."""

    api_url: str = "https://api.telegram.org"
    webhook_url: Annotated[str | None, BeforeValidator(empty_is_none)] = None
    rate_global: int = Field(30, ge=0)
    rate_group_per_minute: int = Field(20, ge=0)
    rate_chat: float = Field(1.0, ge=0)

    @field_validator("token")
    @classmethod
    def _shape(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value()):
            raise ValueError("does not look like a bot token (digits, a colon, letters): copy it again from @BotFather")
        return token

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url and not re.match(r"https?://", url):
            raise ValueError("must be the public https:// address of this bot, ending in /telegram/webhook")
        return url


class ZaloBotSettings(PlatformSettings):
    """`BINHYEN_ZALO_BOT__*`. Zalo publishes no rates: these are careful guesses. The quota is the free plan's."""

    api_url: str = "https://bot-api.zaloplatforms.com"
    webhook_secret: Secret = None
    name: str = Field("", max_length=100)
    quota_messages: int = Field(3000, ge=0)
    quota_users: int = Field(50, ge=0)
    quota_groups: int = Field(3, ge=0)
    rate_global: int = Field(5, ge=0)
    rate_group_per_minute: int = Field(20, ge=0)
    rate_chat: float = Field(1.0, ge=0)
    media_bytes: int = Field(5 * 1024 * 1024, gt=0)

    @field_validator("token")
    @classmethod
    def _shape(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
            raise ValueError("does not look like a bot token (digits, a colon, letters): copy it again from Zalo")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[!-~]{8,256}", secret.get_secret_value()):
            raise ValueError("must be 8 to 256 letters and digits without blanks, made up by you")
        return secret


class WebSettings(Section):
    """`BINHYEN_WEB__*`: where health, metrics, webhooks and links to files are served."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str = ""

    @field_validator("public_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and not ADDRESS.fullmatch(url):
            raise ValueError("must be the address under which the world reaches this bot, like https://bot.example.vn")
        return url.rstrip("/")


class RetentionSettings(Section):
    """`BINHYEN_RETENTION__*`, in days: how long what is kept. A policy, not law (domain facts 2.4)."""

    feedback_days: int = Field(365, ge=1)
    passed_days: int = Field(90, ge=1)
    receipt_days: int = Field(730, ge=1)
    informant_days: int = Field(90, ge=1)
    originals_days: int = Field(30, ge=1)
    letters_days: int = Field(30, ge=1)
    traces_days: int = Field(180, ge=31)
    broadcasts_days: int = Field(365, ge=31)
    audit_days: int = Field(1826, ge=365)


class Settings(BaseSettings):
    """All of them. `BINHYEN_` before each name; `__` between a section and its setting."""

    model_config = SettingsConfigDict(
        env_prefix="BINHYEN_", env_nested_delimiter="__", env_file=".env", frozen=True, extra="ignore"
    )

    database_url: str = "sqlite+aiosqlite:///data/var/binhyen.db"
    var_dir: Path = Path("data/var")
    content_dir: Annotated[Path | None, BeforeValidator(empty_is_none)] = None
    secret_key: Secret = None
    setup_code: Secret = None
    timezone: str = "Asia/Ho_Chi_Minh"
    telegram: TelegramSettings = TelegramSettings()
    zalo_bot: ZaloBotSettings = ZaloBotSettings()
    web: WebSettings = WebSettings()
    retention: RetentionSettings = RetentionSettings()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError("is not a time zone this machine knows; Asia/Ho_Chi_Minh is Vietnam's") from None
        return name

    @model_validator(mode="after")
    def _reachable(self) -> "Settings":
        if self.zalo_bot.webhook_secret and not PUBLIC.match(self.web.public_url):
            raise ValueError(
                "BINHYEN_ZALO_BOT__WEBHOOK_SECRET: needs BINHYEN_WEB__PUBLIC_URL, the https:// address of this bot; "
                "without a secret the bot asks Zalo itself, for trying out"
            )
        return self

    @property
    def platforms(self) -> Mapping[str, PlatformSettings]:
        """The sections of the platforms that have a token, by the platform's name."""
        sections = {"telegram": self.telegram, "zalo_bot": self.zalo_bot}
        return {name: section for name, section in sections.items() if section.token}

    @property
    def zone(self) -> ZoneInfo:
        """The wards' time zone."""
        return ZoneInfo(self.timezone)


def read_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any setting by its name
    """The settings, or BadSettings with one line for each fault; a line never repeats the value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSettings([_line(fault) for fault in error.errors(include_input=False)]) from None
    except ValueError as error:  # an unreadable section, before validation
        raise BadSettings([str(error).splitlines()[0]]) from None


def _line(fault: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    says = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:  # two settings that do not fit together: the sentence names them
        return says
    return "BINHYEN_" + "__".join(str(part).upper() for part in fault["loc"]) + f": {says}"
