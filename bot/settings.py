"""Settings, read once from the environment and ``.env``. The only module that reads either.

Every field is described in ``.env.example``, in this order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.errors import SettingsError

_Names = Annotated[tuple[str, ...], NoDecode]
_Ports = Annotated[tuple[Annotated[int, Field(ge=1, le=65535)], ...], NoDecode]


class Settings(BaseSettings):
    """All settings, validated together; secrets never show in a representation or an error."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    # Where things are
    digests_dir: Path = Path("digests")
    articles_dir: Path = Path("var/articles")
    state_dir: Path = Path("var")
    database_url: SecretStr = SecretStr("sqlite:///var/lede.db")
    digests_store: Literal["files", "postgres"] = "files"
    timezone: str = "UTC"
    only_reviewed: bool = False

    # Discord
    discord_token: SecretStr | None = None
    discord_api_url: str = ""
    discord_gateway_url: str = ""
    discord_test_guilds: _Names = ()

    # Slack
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = ""
    slack_commands: _Names = ()
    public_url: str | None = None

    # Web page
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    web_allowed_hosts: _Names = ()

    # Making digests
    digester: Literal["extractive", "llm"] = "extractive"
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_model: str | None = None
    llm_seconds: Annotated[float, Field(gt=0, le=3600)] = 120
    fetch_allow_networks: _Names = ()
    fetch_allow_ports: _Ports = ()

    # Running
    grace_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 120
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @field_validator(
        "discord_test_guilds",
        "slack_commands",
        "web_allowed_hosts",
        "fetch_allow_networks",
        "fetch_allow_ports",
        mode="before",
    )
    @classmethod
    def _listed(cls, value: object) -> object:
        """A list is written with commas."""
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no IANA time zone such as Europe/Berlin") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone for whoever has not named one."""
        return ZoneInfo(self.timezone)

    @property
    def has_discord(self) -> bool:
        """Whether Discord is configured."""
        return self.discord_token is not None

    @property
    def has_slack(self) -> bool:
        """Whether Slack is configured: a bot token with a way in, or an app that workspaces install."""
        by_token = self.slack_bot_token is not None and bool(self.slack_app_token or self.slack_signing_secret)
        return by_token or bool(self.slack_client_id and self.slack_client_secret)


def read_settings(env_file: str | None = ".env") -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: names every setting that is wrong and why, never its value.
    """
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        faults = "; ".join(
            f"{str(e['loc'][0]).upper()} {e['msg'].removeprefix('Value error, ')}" for e in error.errors()
        )
        raise SettingsError(f"Settings are wrong: {faults}.", "Correct them in the environment or in .env.") from None
