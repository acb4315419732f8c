"""Runs dualgrid by its command line and reads result folders as pandas data frames."""

from .build import build
from .results import Results
from .run import DualgridError, baseline, run

__all__ = ["DualgridError", "Results", "baseline", "build", "run"]
