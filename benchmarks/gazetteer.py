"""The gazetteer: building, size, opening, memory, look-ups, and how often other names match by chance.

python -m benchmarks.gazetteer                    what is built already
python -m benchmarks.gazetteer --build            build the default anew, in a folder of its own
python -m benchmarks.gazetteer --rows 1000000     compile that many invented rows, for the peak of memory
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sayso.gazetteer import Gazetteer, build, gazetteer
from sayso.gazetteer.embedded import build_default

_LOOK_UPS: Final = 2000
_KIB: Final = 1024
_OPENING: Final = """
import json, time
import sayso, sayso.cli.reading
from pathlib import Path
def resident():
    fields = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return next(int(field[1]) for field in fields if field and field[0] == "VmRSS:")
start, before = time.process_time(), resident()
from sayso.gazetteer import gazetteer
imported = time.process_time()
places = gazetteer()
opened, opened_kib = time.process_time(), resident()
import random
chosen = random.Random(1)
for _ in range(2000):
    town = places.packs[0].toponym(chosen.randrange(places.packs[0].info.toponyms))
    places.exact(town.name), places.alike(town.name, (town.country or "",))
print(json.dumps({"import_ms": (imported - start) * 1e3, "open_ms": (opened - imported) * 1e3,
    "opened_mib": (opened_kib - before) / 1024, "used_mib": (resident() - before) / 1024}))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="store_true", help="build the default anew and time it")
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="compile N invented rows instead")
    options = parser.parse_args(arguments)
    if options.rows:
        _show("invented rows", **_compiled(options.rows))
        return 0
    if options.build:
        with tempfile.TemporaryDirectory() as folder:
            _show("build", **_timed(lambda: build_default(Path(folder) / "default").size))
    places = gazetteer()
    info = places.packs[0].info
    _show("pack", places=info.toponyms, names=info.names, megabytes=round(info.size / 1e6, 1))
    done = subprocess.run([sys.executable, "-c", _OPENING], capture_output=True, text=True, check=True)
    _show("opened in a new process", **{name: round(value, 1) for name, value in json.loads(done.stdout).items()})
    _show("look-up, median microseconds", **_look_ups(places))
    _show("chance matches, %", **_chance(places))
    return 0


def _show(title: str, **figures: float) -> None:
    print(json.dumps({"what": title, **figures}))


def _timed(work: Callable[[], int]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    size = work()
    return {
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "megabytes": round(size / 1e6, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB),
    }


def _compiled(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.txt"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(_rows(count))
        return {"rows": count} | _timed(lambda: build([source], Path(folder) / "pack").size)


def _rows(count: int) -> Iterator[str]:
    """Rows as in allCountries: most with a name and one alias, spread over countries and divisions."""
    chosen = random.Random(7)
    syllables = "ba da fa ka la ma na ra sa ta zi di mi ri ti ku lu mu shi kha gho ar el un".split()
    for number in range(1, count + 1):
        name = "".join(chosen.choices(syllables, k=4)).title()
        country = "".join(chosen.choices("ABCDEFGHIJKLMNOP", k=2))
        lat, lon = chosen.uniform(-60, 70), chosen.uniform(-180, 180)
        admin1, admin2 = chosen.randrange(20), chosen.randrange(10)
        yield (
            f"{number}\t{name}\t{name}\t{name[::-1]}\t{lat:.5f}\t{lon:.5f}\tP\tPPL\t{country}\t\t{admin1:02}\t{admin2}"
            f"\t\t\t{chosen.randrange(5000)}\t\t\tEurope/Paris\t2024-01-01\n"
        )


def _look_ups(places: Gazetteer) -> dict[str, float]:
    chosen = random.Random(3)
    pack = places.packs[0]
    towns = [pack.toponym(chosen.randrange(pack.info.toponyms)) for _ in range(_LOOK_UPS)]
    found: dict[str, Callable[[int], object]] = {
        "exact": lambda place: places.exact(towns[place].name),
        "missing": lambda place: places.exact(f"{towns[place].name} Qqz"),
        "alike": lambda place: places.alike(towns[place].name, (towns[place].country or "",)),
        "near": lambda place: places.near(towns[place].lat, towns[place].lon, 50, 10),
    }
    return {name: round(_median(look) * 1e6, 1) for name, look in found.items()}


def _median(look: Callable[[int], object]) -> float:
    taken = []
    for place in range(_LOOK_UPS):
        start = time.perf_counter()
        look(place)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _chance(places: Gazetteer) -> dict[str, float]:
    """How many towns of a far country have a match here."""
    chosen, pack = random.Random(5), places.packs[0]
    towns = [pack.toponym(chosen.randrange(pack.info.toponyms)) for _ in range(_LOOK_UPS)]
    found = {}
    for country in ("SY", "YE", "UA", "AF"):
        strangers = [town for town in towns if town.country in ("FI", "PT", "MX", "VN", "IT", "US", "DE")]
        matched = sum(bool(places.alike(town.name, (country,))) for town in strangers)
        found[country] = round(100 * matched / len(strangers), 2)
    return found


if __name__ == "__main__":
    sys.exit(main())
