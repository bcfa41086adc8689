"""Every figure in the documentation, as a command: `python -m benchmarks.NAME --help`.

attribution   who says what, on PolNeAR, by the corpus's own scorer
wartime       annotated statements of damaged war reports, with the right speaker
mentions      names (re3d) and third-person pronouns (GUM)
speed         raw text to Reading, where the time goes, cold start and memory
floors        the gate: no figure may fall under its pinned floor

`corpus` reads the evaluation files, `figures` and `provenance` print, `gate` compares. The texts of the
corpora never leave the data folder: what is printed here is counts, scores and, on request, missed spans.
"""
