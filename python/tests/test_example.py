"""Builds a case from data frames, and executes the notebook with the program where it is built."""

import json
from pathlib import Path

import pandas as pd
import pytest

import dualgrid
from dualgrid.build import write

CLONE = Path(__file__).resolve().parents[2]


def test_time_stamps_become_a_column_of_times(tmp_path):
    index = pd.date_range("2026-06-01", periods=2, freq="h", tz="UTC")
    write(tmp_path / "pv.csv", "pv", pd.DataFrame({"1": [0, 5]}, index=index))
    assert (tmp_path / "pv.csv").read_text() == (
        "time,1\n2026-06-01T00:00:00+00:00,0\n2026-06-01T01:00:00+00:00,5\n"
    )


def test_results_take_the_times_of_the_case(tmp_path):
    times = ["2024-10-27T02:00:00+02:00", "2024-10-27T02:00:00+01:00"]
    network = {"steps": 2, "stepHours": 1.0, "times": times, "timeZone": "Europe/Berlin"}
    (tmp_path / "network.json").write_text(json.dumps(network))
    (tmp_path / "summary.json").write_text("{}")
    index = dualgrid.Results(tmp_path).index
    assert [stamp.isoformat() for stamp in index] == times


def test_the_notebook_runs(monkeypatch):
    if not (CLONE / "target" / "dualgrid.jar").exists():
        pytest.skip("the program is not built")
    monkeypatch.setenv("DUALGRID", str(CLONE / "scripts" / "dualgrid"))
    notebook = json.loads((CLONE / "python" / "examples" / "district.ipynb").read_text("utf-8"))
    said = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), said)  # noqa: S102 - it is ours
    # together no site is worse off in sum than alone
    assert said["results"].status == "converged"
    assert said["alone"]["valueOfCoordination"] >= -1e-4
    assert said["results"].dispatch().index.tz is not None
