"""Actors across reports: whose names belong together, why, and who calls whom what."""

from sayso.trace.people.actors import known_actors, known_as
from sayso.trace.people.joining import joins, joins_of
from sayso.trace.people.labels import labellings
from sayso.trace.people.names import Appearance, Name, appearances
from sayso.trace.people.register import Register

__all__ = [
    "Appearance",
    "Name",
    "Register",
    "appearances",
    "joins",
    "joins_of",
    "known_actors",
    "known_as",
    "labellings",
]
