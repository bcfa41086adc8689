"""`sayso gazetteer build | list | remove | find`: the places Sayso knows by name."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from sayso.errors import GazetteerError, SaysoError
from sayso.gazetteer import ATTRIBUTION, Hit, PackInfo, build, gazetteer
from sayso.gazetteer.pack import open_pack, verify
from sayso.gazetteer.store import attached, attached_path, default_pack
from sayso.share.visible import one_line

_BAD_SHOWN: Final = 5
_MEGABYTE: Final = 1e6


def run(options: argparse.Namespace) -> int:
    """Do what `sayso gazetteer` was told; 1 if a pack is damaged or nothing was found."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": _build,
        "list": _list,
        "remove": _remove,
        "find": _find,
    }
    if options.action is None:
        raise SaysoError("sayso gazetteer does nothing alone", "Add build, list, remove or find; --help shows how")
    return actions[options.action](options)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    building = actions.add_parser(
        "build",
        help="compile GeoNames files into a pack that is used from then on",
        description=f"Compile GeoNames files into a pack that is used from then on. {ATTRIBUTION}.",
        epilog="example: sayso gazetteer build SY.zip admin2Codes.txt",
    )
    building.add_argument("files", nargs="+", metavar="FILE", help="a GeoNames dump (.txt, .gz, .zip) or code list")
    place = building.add_mutually_exclusive_group()
    place.add_argument("--name", help="what to call the pack (default: the first file's name)")
    place.add_argument("--out", metavar="PATH", help="write the pack there and do not attach it")
    listing = actions.add_parser("list", help="the packs in use", epilog="example: sayso gazetteer list --json")
    listing.add_argument("--verify", action="store_true", help="read every pack in full and compare it with its digest")
    removing = actions.add_parser("remove", help="delete an attached pack", epilog="example: sayso gazetteer remove SY")
    removing.add_argument("name", help="its name in sayso gazetteer list")
    finding = actions.add_parser(
        "find", help="what a name may mean", epilog="example: sayso gazetteer find 'Deir Ezzor' --country SY"
    )
    finding.add_argument("name", help="a place, country or people")
    finding.add_argument("--country", metavar="XX", type=_country, help="look there (ISO alpha-2), other spellings too")
    for action in (building, listing, finding):
        action.add_argument("--json", action="store_true", help="one JSON object a line")


def _country(text: str) -> str:
    code = text.upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise argparse.ArgumentTypeError("must be two letters, such as SY")
    return code


def _build(options: argparse.Namespace) -> int:
    files = [Path(file) for file in options.files]
    out = Path(options.out) if options.out else attached_path(options.name or files[0].name.split(".")[0])
    with _progress("compiling") as progress:
        info = build(files, out, progress=progress)
    for bad in info.bad[:_BAD_SHOWN]:
        print(f"sayso: {one_line(bad.source)}:{bad.line}: {one_line(bad.reason)}", file=sys.stderr)
    if info.bad_rows:
        print(f"sayso: {info.bad_rows} rows were left out", file=sys.stderr)
    _show_pack(info, options)
    return 0


def _list(options: argparse.Namespace) -> int:
    damaged = 0
    print(ATTRIBUTION, file=sys.stderr)
    for path in (default_pack().info.path, *attached()):
        try:
            if options.verify:
                verify(path)
            _show_pack(open_pack(path).info, options)
        except GazetteerError as error:
            damaged += 1
            print(f"sayso: {error}", file=sys.stderr)
    return 1 if damaged else 0


def _remove(options: argparse.Namespace) -> int:
    path = attached_path(options.name)
    try:
        path.unlink()
    except FileNotFoundError:
        raise SaysoError(f"No pack is called {options.name!r}", "See sayso gazetteer list") from None
    except OSError as error:
        raise SaysoError(f"{path}: cannot be deleted: {error.strerror}", "Delete the file yourself") from error
    print(f"removed {path}", file=sys.stderr)
    return 0


def _find(options: argparse.Namespace) -> int:
    places = gazetteer()
    hits = places.exact(options.name)
    if options.country:
        known = {hit.toponym.id for hit in hits}
        hits = tuple(hit for hit in hits if hit.toponym.country == options.country)
        alike = places.alike(options.name, (options.country,))
        hits += tuple(hit for hit in alike if hit.toponym.id not in known)
    for hit in hits:
        _show_hit(hit, options)
    if not hits:
        hint = "" if options.country else "; --country XX looks for other spellings too"
        print(f"sayso: no place is called {one_line(options.name)!r}{hint}", file=sys.stderr)
    return 0 if hits else 1


def _show_pack(info: PackInfo, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(asdict(info) | {"path": str(info.path)}))
        return
    counts = f"{info.toponyms:,} places, {info.names:,} names, {info.size / _MEGABYTE:.1f} MB"
    sources = ", ".join(map(one_line, info.sources))
    print(f"{one_line(info.name)}: {counts}, from {sources}, built {info.built[:10]}\n  {info.path}")


def _show_hit(hit: Hit, options: argparse.Namespace) -> None:
    toponym = hit.toponym
    if options.json:
        print(json.dumps(asdict(toponym) | {"how": hit.how, "similarity": hit.similarity}, ensure_ascii=False))
        return
    within = " < ".join(one_line(name) for name in (toponym.admin2, toponym.admin1, toponym.country) if name)
    found = hit.how if hit.similarity == 1 else f"{hit.how} {hit.similarity:.2f}"
    parts = (one_line(toponym.name), toponym.level, within, f"{toponym.lat:.4f},{toponym.lon:.4f}",
             f"{toponym.population:,} people", f"GeoNames {toponym.id}" if toponym.id > 0 else "", found)  # fmt: skip
    print(" · ".join(part for part in parts if part))


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, and what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
