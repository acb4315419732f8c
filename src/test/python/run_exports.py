"""Runs the sample of ExportsTest in the programs that it is written for, as scripts/python-test does, from the top
of the project.

pandapower.timeseries runs sample/pandapower, and must find the voltages that are frozen in voltages.csv; with
--freeze it writes them. PyPSA runs sample/pypsa and must agree to 1e-6.
"""

import logging
import pathlib
import sys

import pandas as pd

logging.disable(logging.WARNING)
SAMPLE = pathlib.Path("src/test/resources/io/dualgrid/results/export/sample")


def pandapower():
    import pandapower as pp
    from pandapower.control import ConstControl
    from pandapower.timeseries import DFData, OutputWriter, run_timeseries

    folder = SAMPLE / "pandapower"
    net = pp.from_json(str(folder / "net.json"))
    for variable in ("p_mw", "q_mvar"):
        profiles = pd.read_csv(folder / f"{variable}.csv", index_col="step")
        profiles.columns = profiles.columns.astype(int)
        ConstControl(net, "sgen", variable, element_index=net.sgen.index,
                     profile_name=list(profiles.columns), data_source=DFData(profiles))
    out = OutputWriter(net, time_steps=profiles.index)
    out.log_variable("res_bus", "vm_pu")
    run_timeseries(net, profiles.index, verbose=False, numba=False, tolerance_mva=1e-11)
    voltages = out.output["res_bus.vm_pu"]
    voltages.index.name = "step"
    if "--freeze" in sys.argv:
        voltages.to_csv(SAMPLE / "voltages.csv")
    agrees("pandapower", pp.__version__, voltages.values, 1e-9)


def pypsa():
    import pypsa

    net = pypsa.Network()
    net.import_from_csv_folder(str(SAMPLE / "pypsa"))
    net.pf(x_tol=1e-10)
    agrees("PyPSA", pypsa.__version__, net.buses_t.v_mag_pu.values, 1e-6)


def agrees(program, version, voltages, tolerance):
    frozen = pd.read_csv(SAMPLE / "voltages.csv", index_col="step").values
    difference = abs(voltages - frozen).max()
    print(f"{program} {version} runs the export; voltages differ by {difference:.1e} p.u.")
    # not a number is no agreement
    if not difference < tolerance:
        sys.exit(f"{program}: voltages differ by more than {tolerance} p.u.")


pandapower()
pypsa()
