"""Runs dualgrid by its command line and reads result folders as pandas data frames."""

from .results import Results
from .run import DualgridError, run

__all__ = ["DualgridError", "Results", "run"]
