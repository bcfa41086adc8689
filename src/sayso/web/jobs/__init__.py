"""Jobs: what is taken into the ledger in the background, with what came of each input. Start at `Jobs`."""

from sayso.web.jobs.bounds import Bounds
from sayso.web.jobs.records import Input, Job, State
from sayso.web.jobs.running import Jobs

__all__ = ["Bounds", "Input", "Job", "Jobs", "State"]
