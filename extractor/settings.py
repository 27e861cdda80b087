"""Settings: ``decisions.toml``, then environment variables ``DECISIONS_...`` over it, then flags over both.

``decisions.toml`` is looked for in the working directory and its parents, as Git looks for its folder, unless
``DECISIONS_CONFIG`` names a file. As it may say where text and key are sent, one that is found and belongs to another
user than this one or root is refused; one that is named is trusted. A relative path in it is relative to the file. A
variable that is set to nothing is as if unset.
"""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from extractor.errors import SettingsError
from extractor.plan import DigestPlan, NightlyPlan, Retention, ReviewPlan, ServePlan

CONFIG_NAME = "decisions.toml"


class Settings(BaseSettings):
    """Everything that can be set outside a command's own flags."""

    model_config = SettingsConfigDict(env_prefix="DECISIONS_", env_ignore_empty=True, extra="forbid", frozen=True)

    engine: str = "local"
    home: Path | None = None
    lock_timeout: float = Field(default=60.0, ge=0, description="seconds to wait for the index's lock")
    people: dict[str, list[str]] = Field(default={}, description="a person's name: every other spelling of it")
    openai_base_url: str | None = None
    openai_timeout: float = Field(default=120.0, gt=0, description="seconds for one answer")
    openai_max_retries: int = Field(default=2, ge=0)
    openai_max_input_tokens: int | None = Field(default=None, gt=0)
    log: str | None = Field(default=None, description="URL of the log's database; SQLite in the data folder if unset")
    chroma_url: str | None = Field(
        default=None, description="URL of a Chroma server; files in the data folder if unset"
    )
    me: str | None = Field(default=None, description="your name, as the log shall know who reviews, links and erases")
    nightly: NightlyPlan = NightlyPlan()
    digest: DigestPlan = DigestPlan()
    retention: Retention = Retention()
    review: ReviewPlan = ReviewPlan()
    serve: ServePlan = ServePlan()

    @field_validator("engine")
    @classmethod
    def engine_is_named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("an engine must be named: local, or openai:MODEL")
        return value.strip()

    @field_validator("home")
    @classmethod
    def home_is_expanded(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value is not None else None
        except RuntimeError:
            raise ValueError("there is no such user whose folder ~ could be") from None

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

    @property
    def base_folder(self) -> Path:
        """The folder that relative paths of sources count from: that of ``decisions.toml``, else the working one."""
        config = find_config()
        return config.resolve().parent if config is not None else Path.cwd()


def find_config(start: Path | None = None) -> Path | None:
    """The ``decisions.toml`` that applies in ``start`` (the working directory by default), or None.

    A working directory that is gone and folders that may not be searched hold none. Raises SettingsError where the one
    that is found is not a file, or belongs to another user.
    """
    named = os.environ.get("DECISIONS_CONFIG")
    if named:
        return Path(named)
    try:
        folder = (start or Path.cwd()).resolve()
    except (OSError, RuntimeError):
        return None
    for place in (folder, *folder.parents):
        config = place / CONFIG_NAME
        found = _status(config)
        if found is not None:
            _trusted(config, found)
            return config
    return None


def _status(config: Path) -> os.stat_result | None:
    try:
        return config.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        raise _unreadable(config, error) from None


def _trusted(config: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise SettingsError(f"{config} is not a file.", "Move it away, or name another file with DECISIONS_CONFIG.")
    if hasattr(os, "getuid") and found.st_uid not in (0, os.getuid()):
        what = f"{config} belongs to another user; it could send text and key elsewhere, so it is not read."
        raise SettingsError(what, f"If you trust it, name it: DECISIONS_CONFIG={config}.")


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
        raise _unreadable(config, error) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config} is not valid TOML: {error}.", "Correct that line.") from None
    home = values.get("home")
    if home == "":
        del values["home"]
    elif isinstance(home, str) and not home.startswith("~"):
        values["home"] = (config.parent / home).resolve()
    return values


def _unreadable(config: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{config} cannot be read: {error.strerror}.", "Check the path and its permissions.")


def _complaint(error: ValidationError, config: Path | None) -> str:
    # Of several complaints the misspelt key explains the others: the right one is then missing.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    field = ".".join(str(part) for part in first["loc"]) or "settings"
    variable = f"DECISIONS_{field.upper()}"
    where = variable if os.environ.get(variable) else str(config or "settings")
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no setting {field}."
    return f"{where}: {field}: {first['msg'].removeprefix('Value error, ')}."


def openai_key() -> SecretStr | None:
    """The key in the environment, never printed; it chooses no engine by being there."""
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    return SecretStr(key) if key else None
