"""What a reading puts into space and time, numbered and lettered as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.share.happenings import Happening, happenings
from sayso.share.moments import Moment, moments
from sayso.share.outline import Outline
from sayso.share.sites import Site, sites
from sayso.vocabulary import PlaceId, TimeId


@dataclass(frozen=True, slots=True)
class Scene:
    """An outline with its places, days and happenings, and which mention belongs to which of them.

    `at` holds the happenings at each site, by the site's key.
    """

    outline: Outline
    sites: tuple[Site, ...]
    moments: tuple[Moment, ...]
    happenings: tuple[Happening, ...]
    site_of: Mapping[PlaceId, Site]
    moment_of: Mapping[TimeId, Moment]
    at: Mapping[str, tuple[Happening, ...]]


def scene(outline: Outline) -> Scene:
    """Gather the places, days and happenings of an outline."""
    reading = outline.reading
    told, found = happenings(reading), sites(reading)
    days = moments(reading, told)
    site_of = {place.id: site for site in found for place in site.mentions}
    moment_of = {time.id: moment for moment in days for time in moment.times}
    at: dict[str, dict[Happening, None]] = defaultdict(dict)
    for happening in told:
        for place in happening.places:
            if place in site_of:
                at[site_of[place].key][happening] = None
    return Scene(outline, found, days, told, site_of, moment_of, {key: tuple(here) for key, here in at.items()})
