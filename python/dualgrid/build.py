"""Cases from data frames."""

import tempfile
from pathlib import Path

import pandas as pd

from .run import call

PROFILES = ("p_load", "q_load", "h_load", "pv", "wp", "prices")


def build(tables, out, force=False):
    """Makes a case of data frames, and gives its folder.

    tables: by the names of the tables of ``dualgrid new`` without ``.csv``: "devices", "lines",
    "parameters", and profiles ("p_load", "pv", "prices", ...) with a column a node. Where a
    profile is indexed by time stamps, these are the times of its rows. out: the folder of the
    case. Raises DualgridError with all that is wrong, each with its table, row and column.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            write(Path(folder) / f"{name}.csv", name, table)
        call("build", folder, "--out", str(out), *(["--force"] if force else []))
    return Path(out)


def write(path, name, table):
    """One table as dualgrid reads it."""
    if name in PROFILES and isinstance(table.index, pd.DatetimeIndex):
        times = pd.Index([stamp.isoformat() for stamp in table.index], name="time")
        table.set_axis(times, axis=0).to_csv(path, index_label="time")
    else:
        table.to_csv(path, index=False)
