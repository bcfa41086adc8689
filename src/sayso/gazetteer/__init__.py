"""Places by name: what a toponym may mean, where it lies, and what it lies in.

The default knows the countries with their demonyms, the first-level divisions and the towns of 500 people and up;
packs compiled from any GeoNames file stack on it. Place names: GeoNames (https://www.geonames.org), CC BY 4.0.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from sayso.gazetteer.gazetteer import Gazetteer
from sayso.gazetteer.lists import ATTRIBUTION
from sayso.gazetteer.store import gazetteer
from sayso.gazetteer.toponyms import Hit, PackInfo, Toponym

__all__ = ["ATTRIBUTION", "Gazetteer", "Hit", "PackInfo", "Toponym", "build", "gazetteer"]


def build(sources: Sequence[Path], out: Path, *, progress: Callable[[int, int], None] | None = None) -> PackInfo:
    """Compile GeoNames files into the pack `out`, in bounded memory; `progress` gets bytes read and bytes to read.

    Rows that make no sense are left out and told of in the answer. Raises SourceBroken where a file is no GeoNames
    table or cannot be read, or `out` cannot be written.
    """
    # Imported here, since only those who build need it and reading has to start quickly.
    from sayso.gazetteer.geonames import compile_dumps

    return compile_dumps(sources, out, progress)
