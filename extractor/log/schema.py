"""The log's schema in time: making it, and bringing an older one up to date, by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect, text

from extractor.errors import LogMissingError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.database import Database

LATEST: Final = "0002"
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, None where there is no log in this database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def known_revisions() -> set[str]:
    """Every revision of the schema that there has been."""
    return {path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the schema to a revision, in one transaction; several processes may do so at once.

    Raises LogMissingError for a log that a later version of decisions has made.
    """
    with database.writing() as connection:
        present = revision_of(connection)
        if present == LATEST and to == "head":
            return
        if present is not None and present not in known_revisions():
            what = f"The log at {database.shown} was made by a later version of decisions (schema {present})."
            raise LogMissingError(what, "Upgrade decisions: pip install --upgrade decisions.")
        upgrade_on(connection, to)


def upgrade_on(connection: Connection, to: str) -> None:
    """Bring the schema to a revision, in the transaction of a connection that writes."""
    from alembic import command

    command.upgrade(_config(connection), to)


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
