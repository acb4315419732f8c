"""Results that a run of 6-bus would write, in small: the figures are made up and simple."""

import json
import stat

import pandas as pd
import pytest

import dualgrid


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "summary.json").write_text(json.dumps({"status": "converged", "totalCost": 3.0}))
    (tmp_path / "network.json").write_text(json.dumps({"steps": 2, "stepHours": 0.5}))
    (tmp_path / "dispatch.csv").write_text(
        "node,device,quantity,unit,step,value\n"
        "1,CHP,P,kW,0,4\n1,CHP,P,kW,1,6\n2,CHP,P,kW,0,1\n2,CHP,P,kW,1,2\n1,bus,V,p.u.,0,1\n1,bus,V,p.u.,1,0.99\n"
    )
    (tmp_path / "costs.csv").write_text(
        "node,device,part,unit,step,value\n1,CHP,gas,currency,0,1\n1,CHP,gas,currency,1,2\n"
    )
    return tmp_path


def test_steps_become_rows_and_series_columns(folder):
    dispatch = dualgrid.Results(folder).dispatch()
    assert list(dispatch.index) == [0.0, 0.5]
    assert list(dispatch[(1, "CHP", "P", "kW")]) == [4, 6]
    assert list(dispatch[(1, "bus", "V", "p.u.")]) == [1, 0.99]
    costs = dualgrid.Results(folder).costs()
    assert costs.sum().sum() == 3.0


def test_time_stamps_keep_their_zone(folder):
    index = dualgrid.Results(folder, start=pd.Timestamp("2026-06-01", tz="UTC")).dispatch().index
    assert list(index) == [
        pd.Timestamp("2026-06-01 00:00", tz="UTC"),
        pd.Timestamp("2026-06-01 00:30", tz="UTC"),
    ]


def test_a_table_that_is_not_there_is_named(folder):
    with pytest.raises(FileNotFoundError, match="prices.csv"):
        dualgrid.Results(folder).prices()


def program(tmp_path, monkeypatch, text):
    script = tmp_path / "program"
    script.write_text("#!/bin/sh\n" + text)
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("DUALGRID", str(script))


def test_options_reach_the_program(folder, monkeypatch):
    program(folder, monkeypatch, f'echo "$@" > "{folder}/said"; echo "{{}}"; exit 3\n')
    results = dualgrid.run("6-bus", folder, privacy="ckks", max_iterations=5, gap=True, quiet=False)
    assert results.status == "converged"
    assert (folder / "said").read_text().split() == [
        "run", "6-bus", "--json", "--out", str(folder), "--privacy=ckks", "--max-iterations=5", "--gap",
    ]


def test_failures_carry_what_was_said(folder, monkeypatch):
    program(folder, monkeypatch, "echo 'error: no such case' >&2; exit 2\n")
    with pytest.raises(dualgrid.DualgridError, match="no such case") as failure:
        dualgrid.run("7-bus", folder)
    assert failure.value.code == 2
