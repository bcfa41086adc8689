"""The commands `write` and `score`."""

import sys

from benchmarks.newsroom.command import main

sys.exit(main())
