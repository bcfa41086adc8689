"""Where packs are kept: the default in the user's cache, built at first use; attached ones in the user's data.

`SAYSO_CACHE` names another cache, `SAYSO_DATA` another data folder.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from sayso.errors import PackBroken, PackMissing, SourceBroken
from sayso.gazetteer.gazetteer import Gazetteer
from sayso.gazetteer.layout import SUFFIX
from sayso.gazetteer.lists import fingerprint
from sayso.gazetteer.pack import Pack, open_pack
from sayso.gazetteer.pack import fingerprint as fingerprint_of

_NAME: Final = re.compile(r"[\w-]{1,100}", re.ASCII)
_log = logging.getLogger("sayso")


@cache
def gazetteer() -> Gazetteer:
    """The default with the attached packs on it, opened once; `gazetteer.cache_clear()` looks again.

    Builds the default where there is none of this version. Raises PackBroken where an attached pack is damaged,
    SourceBroken where the default cannot be built.
    """
    return Gazetteer((default_pack(), *map(open_pack, attached())))


def default_pack() -> Pack:
    """The default, built if need be; of two processes that want it at once, one builds and the other waits."""
    path, wanted = cache_folder() / f"default{SUFFIX}", fingerprint()
    if pack := _whole(path, wanted):
        return pack
    with _alone(path.with_suffix(".lock")):
        return _whole(path, wanted) or _built(path)


def _whole(path: Path, wanted: str) -> Pack | None:
    """The pack at `path` if it is sound and compiled from what is wanted."""
    if fingerprint_of(path) != wanted:
        return None
    try:
        return open_pack(path)
    except (PackBroken, PackMissing):
        return None  # it is ours to build again


def _built(path: Path) -> Pack:
    # Imported here, since it is needed once and opening has to be quick.
    from sayso.gazetteer.embedded import build_default

    _log.warning("building the index of place names in %s, once: this takes some seconds", path)
    try:
        build_default(path)
    except SourceBroken as error:
        folder = Path(tempfile.mkdtemp(prefix="sayso-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        path = folder / path.name
        _log.warning("%s; the index goes to %s, for this run alone", error.problem, path)
        build_default(path)
    return open_pack(path)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock that is gone when its process is; where there can be none, building twice does no harm."""
    with ExitStack() as held:
        if sys.platform != "win32":
            import fcntl

            with suppress(OSError):
                lock.parent.mkdir(parents=True, exist_ok=True)
                fcntl.flock(held.enter_context(lock.open("ab")), fcntl.LOCK_EX)
        yield


def attached() -> list[Path]:
    """The packs the user attached, oldest name first."""
    folder = data_folder()
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def attached_path(name: str) -> Path:
    """Where the attached pack of a name is. Raises SourceBroken on a name that no file can have."""
    if not _NAME.fullmatch(name):
        raise SourceBroken(Path(name), "is no name for a pack", "Use letters, digits, - and _, with --name")
    return data_folder() / f"{name}{SUFFIX}"


def cache_folder() -> Path:
    """Where what can be built again is kept."""
    return _folder("SAYSO_CACHE", "XDG_CACHE_HOME", ".cache", "Library/Caches")


def data_folder() -> Path:
    """Where the packs the user attached are kept."""
    return _folder("SAYSO_DATA", "XDG_DATA_HOME", ".local/share", "Library/Application Support") / "gazetteer"


def _folder(own: str, xdg: str, unix: str, mac: str) -> Path:
    if named := os.environ.get(own):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "sayso"
    if named := os.environ.get(xdg):
        return Path(named) / "sayso"
    return Path.home() / (mac if sys.platform == "darwin" else unix) / "sayso"
