"""Keep a ledger in a schema of a PostgreSQL database."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from workbook_tools.errors import BadSettings, CannotWrite, OperatorError
from workbook_tools.extras import how_to_install
from workbook_tools.ledger.place import Guard, unusable

SCHEMA, FRESH = "workbook_tools", "workbook_tools_baru"
DRIVER = "postgresql+psycopg"
LAYING_OUT = 0x1C0_1EDE  # the advisory lock of who lays tables out
CONNECT_SECONDS = 10
SILENCE_MS = 30_000  # after which a server that takes what is sent and answers nothing is gone
_PLAIN = re.compile(r"[\w.:/-]*")  # a password cut wrongly at its own @ or / must not pass
_NO_DATABASE = re.compile(r'database "[^"]*" does not exist')
_NOT_LET_IN = re.compile(
    r'password authentication failed|no password supplied|role "[^"]*" does not exist'
    r"|no pg_hba\.conf entry|authentication failed"
)
_FORBIDDEN, _READ_ONLY, _FULL = "42501", "25006", "53100"
_INCOMPLETE = frozenset({"3F000", "42P01", "42P07", "42703"})  # schema, table, column
_OURS = frozenset({"21", "22", "23", "42"})  # classes of codes that tell of a fault of the program


@dataclass(frozen=True, slots=True)
class PostgresSchema:
    """A ledger in a schema of its own; one database serves one workspace."""

    url: URL
    schema: str = SCHEMA

    @property
    def name(self) -> str:
        """Give server and database."""
        host = self.url.host or self.url.query.get("host") or "localhost"
        port = "" if self.url.port is None else f":{self.url.port}"
        return f"server PostgreSQL {host}{port}, basis data {self.url.database}"

    @property
    def is_shared(self) -> bool:
        """Tell that any workspace may be given the same address."""
        return True

    def engine(self) -> Engine:
        """Give the engine, whose connections look into the schema and wait for the disk."""
        options = (
            f"-c search_path={self.schema} -c synchronous_commit=on "
            # A machine without power is noticed, and what it held is let go.
            "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2"
        )
        return create_engine(
            self.url,
            hide_parameters=True,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "tcp_user_timeout": SILENCE_MS,
                "client_encoding": "utf8",
                "application_name": "workbook-tools",
                "options": options,
                "prepare_threshold": None,  # the schema may be another one from call to call
            },
        )

    def exists(self) -> bool:
        """Tell whether the schema holds a ledger; OperatorError where the server does not say."""
        engine = self.engine()
        try:
            with engine.connect() as connection:
                return self.has_tables(connection)
        except DBAPIError as error:
            if refused := self.refused(error):
                raise refused from None
            raise
        finally:
            engine.dispose()

    def has_tables(self, connection: Connection) -> bool:
        """Tell whether the table is there that is made with the first ones."""
        asked = f"select to_regclass('{self.schema}.meta') is not null"
        return bool(connection.exec_driver_sql(asked).scalar_one())

    def alone(self, connection: Connection) -> None:
        """Take the lock of who lays tables out, and make the schema where it is missing."""
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({LAYING_OUT})")
        encoding = connection.exec_driver_sql("show server_encoding").scalar_one()
        if encoding != "UTF8":
            raise BadSettings(
                f"Ledger di {self.name} memakai pengodean {encoding}. Buat basis data dengan "
                "ENCODING 'UTF8', lalu jalankan lagi."
            )
        connection.exec_driver_sql(f"create schema if not exists {self.schema}")

    def seal(self, engine: Engine) -> None:
        """Do nothing: what was committed lasts."""

    def fresh(self) -> Self:
        """Give the schema beside it."""
        return replace(self, schema=FRESH)

    def remove(self, guard: Guard | None) -> None:
        """Drop the schema."""
        self._does(f"drop schema if exists {self.schema} cascade", guard=guard)

    def replace(self, guard: Guard | None) -> None:
        """Rename the schema beside it to this one, in one transaction."""
        self._does(
            f"drop schema if exists {self.schema} cascade",
            f"alter schema {FRESH} rename to {self.schema}",
            guard=guard,
        )

    def _does(self, *statements: str, guard: Guard | None = None) -> None:
        engine = self.engine()
        try:
            with engine.begin() as connection:
                if guard is not None:
                    guard(connection)
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({LAYING_OUT})")
                for statement in statements:
                    connection.exec_driver_sql(statement)
        except DBAPIError as error:
            if refused := self.refused(error):
                raise refused from None
            raise
        finally:
            engine.dispose()

    def refused(self, error: Exception) -> OperatorError | None:
        """Tell why there is no way in.

        The server's own words are looked at and never passed on: what stands in them is not
        ours to know.
        """
        if not isinstance(error, DBAPIError):
            return None
        if not isinstance(error, OperationalError):
            return self._told(_state(error))
        said = str(error.orig)
        if _NO_DATABASE.search(said):
            return BadSettings(
                f"Basis data itu belum ada ({self.name}). Mintalah pengelola server membuatnya, "
                "atau perbaiki “ledger_url” di workbook_tools.toml."
            )
        if _NOT_LET_IN.search(said):
            return BadSettings(
                f"Pengguna atau kata sandi di “ledger_url” ditolak oleh {self.name}. Perbaiki "
                "“ledger_url” di workbook_tools.toml."
            )
        if "FATAL" in said:
            return CannotWrite(
                f"Ledger di {self.name} sedang menolak sambungan (baru dinyalakan, dimatikan, atau "
                "penuh). Tunggu sebentar, lalu jalankan lagi; bila tetap, hubungi pengelola server."
            )
        return CannotWrite(
            f"Ledger di {self.name} tidak dapat dihubungi. Periksa jaringan, server itu, dan "
            "“ledger_url” di workbook_tools.toml, lalu jalankan lagi."
        )

    def troubled(self, error: DBAPIError) -> OperatorError | None:
        """Tell trouble with the server or the way to it from a fault of the program."""
        state = _state(error)
        if state is None:
            return self.refused(error)
        return self._told(state)

    def _told(self, state: str | None) -> OperatorError | None:
        """Give the sentence for the code of what the server said; None for a fault of ours."""
        if state == _FORBIDDEN:
            return BadSettings(
                "Pengguna di “ledger_url” tidak berhak membaca, mengubah, atau membuat skema "
                f"ledger di {self.name}. Mintalah pengelola server memberikan hak CREATE pada "
                "basis data itu dan menjadikannya pemilik skema yang berawalan workbook_tools."
            )
        if state in _INCOMPLETE:
            return unusable(self.name, "tidak lengkap")
        if state is None or state[:2] in _OURS:
            return None
        why = {
            _FULL: "ruang disk server habis",
            _READ_ONLY: "basis datanya hanya boleh dibaca",
        }.get(state, f"kode {state}")
        return CannotWrite(
            f"Ledger di {self.name} tidak dapat dibaca atau ditulis ({why}). Hubungi pengelola "
            "server, lalu jalankan lagi."
        )


def _state(error: DBAPIError) -> str | None:
    """Give the code of what the server said, None where it said nothing."""
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None


def postgres_place(text: str) -> PostgresSchema:
    """Read the setting `ledger_url`; BadSettings where it is no address that can be used.

    It is never shown: it may hold a password, also where it is written wrongly.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadSettings(_malformed("tidak dapat dibaca")) from None
    if url.drivername != DRIVER:
        raise BadSettings(_malformed("memakai jenis basis data lain"))
    told = (url.host, url.database, *map(str, url.query.values()))
    if not url.database or not all(_PLAIN.fullmatch(part or "") for part in told):
        raise BadSettings(_malformed("tidak lengkap, atau kata sandinya berisi tanda khusus"))
    try:
        import psycopg  # noqa: F401 - it is SQLAlchemy that uses it
    except ImportError as error:
        raise BadSettings(how_to_install("postgres", missing="psycopg")) from error
    return PostgresSchema(url)


def _malformed(what: str) -> str:
    return (
        f"“ledger_url” di workbook_tools.toml {what}. Tulis seperti "
        f"{DRIVER}://pengguna:sandi@server:5432/basisdata, tanda @, /, : dan % dalam sandi "
        "sebagai %40, %2F, %3A dan %25; atau kosongkan untuk ledger di folder catatan."
    )
