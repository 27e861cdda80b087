"""Settings: ``decisions.toml``, then environment variables ``DECISIONS_...`` over it, then flags over both.

``decisions.toml`` is looked for in the working directory and its parents, as Git looks for its folder, unless
``DECISIONS_CONFIG`` names a file. A relative path in it is relative to the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from extractor.errors import SettingsError

CONFIG_NAME = "decisions.toml"


class Settings(BaseSettings):
    """Everything that can be set outside a command's own flags."""

    model_config = SettingsConfigDict(env_prefix="DECISIONS_", extra="forbid", frozen=True)

    engine: str = "local"
    home: Path | None = None
    lock_timeout: float = Field(default=60.0, ge=0, description="seconds to wait for the index's lock")
    openai_base_url: str | None = None
    openai_timeout: float = Field(default=120.0, gt=0, description="seconds for one answer")
    openai_max_retries: int = Field(default=2, ge=0)
    openai_max_input_tokens: int | None = Field(default=None, gt=0)

    @field_validator("engine")
    @classmethod
    def engine_is_named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("an engine must be named: local, or openai:MODEL")
        return value.strip()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, the file's values (given as init arguments) under it; no .env file is read."""
        return env_settings, init_settings

    @property
    def data_folder(self) -> Path:
        """Where the index lies: ``home``, else the user's data folder for ``decisions``."""
        if self.home is not None:
            return self.home
        from platformdirs import user_data_path

        return user_data_path("decisions", appauthor=False)

    @property
    def index_folder(self) -> Path:
        return self.data_folder / "index"


def find_config(start: Path | None = None) -> Path | None:
    """The ``decisions.toml`` that applies in ``start`` (the working directory by default), or None."""
    named = os.environ.get("DECISIONS_CONFIG")
    if named:
        return Path(named)
    folder = (start or Path.cwd()).resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate / CONFIG_NAME
    return None


def load_settings(start: Path | None = None) -> Settings:
    """The settings in force; raises SettingsError naming the file and the field that is wrong."""
    config = find_config(start)
    values = _file_values(config) if config else {}
    try:
        return Settings(**values)
    except ValidationError as error:
        remedy = "Correct it; `decisions doctor` shows what is in force."
        raise SettingsError(_complaint(error, config), remedy) from None


def _file_values(config: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        what = f"{config} cannot be read: {error.strerror}."
        raise SettingsError(what, "Check the path and its permissions.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config} is not valid TOML: {error}.", "Correct that line.") from None
    if isinstance(values.get("home"), str):
        values["home"] = (config.parent / Path(values["home"]).expanduser()).resolve()
    return values


def _complaint(error: ValidationError, config: Path | None) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "settings"
    where = f"DECISIONS_{field.upper()}" if f"DECISIONS_{field.upper()}" in os.environ else str(config or "settings")
    return f"{where}: {field}: {first['msg']}."


def openai_key() -> SecretStr | None:
    """The key in the environment, never printed; it chooses no engine by being there."""
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    return SecretStr(key) if key else None
