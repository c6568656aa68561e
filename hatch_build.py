"""Compiles the core of the entity index where a C compiler is at hand; without one the same files are interpreted.

Run by hatchling when the project is built or installed, and by ``make env`` after a change of the core.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
CORE = ("ids", "letters", "vocabulary", "names", "alignment", "gathering", "search", "completing")
_DIRECTIVES = {
    "language_level": 3,
    "annotation_typing": False,  # the types are in the .pxd files
    "infer_types": True,
    "boundscheck": False,
    "wraparound": False,
    "initializedcheck": False,
    "cdivision": True,
}


class CompileIndex(BuildHookInterface[Any]):
    """Puts the compiled core beside its source, and into a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel then fits this platform alone."""
        if self.target_name == "wheel" and compiled() and version != "editable":
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["artifacts"] += [f"bot/index/{path.name}" for path in _binaries()]


def compiled() -> bool:
    """Compile in a process of its own; returns whether it worked. Nothing stale is left behind if it did not."""
    for path in _binaries():
        path.unlink()
    result = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, __file__, "compile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        for path in _binaries():
            path.unlink()
        last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        sys.stderr.write(f"The entity index is interpreted, which is slower with many names: {last}\n")
    return not result.returncode


def _binaries() -> list[Path]:
    folder = ROOT / "bot" / "index"
    return [path for name in CORE for ending in ("so", "pyd") for path in folder.glob(f"{name}.*{ending}")]


def _compile() -> None:
    """Build the extension modules in place."""
    from Cython.Build import cythonize
    from setuptools import Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.dist import Distribution

    flags = [] if sys.platform == "win32" else ["-O3", "-g0", "-Wno-unreachable-code"]
    strip = ["-s"] if sys.platform == "linux" else []
    modules = [
        Extension(f"bot.index.{name}", [f"bot/index/{name}.py"], extra_compile_args=flags, extra_link_args=strip)
        for name in CORE
    ]
    with tempfile.TemporaryDirectory() as scratch:
        extensions = cythonize(modules, compiler_directives=_DIRECTIVES, build_dir=scratch, quiet=True)
        command = build_ext(Distribution({"name": "lede", "ext_modules": extensions}))
        command.build_lib, command.build_temp = str(ROOT), scratch
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        _compile()
    else:
        compiled()
