"""Runs the sample of ExportsTest in the programs that it is written for. From the top of the project:

    python -m venv venv && venv/bin/pip install pandapower==3.5.6 pypsa
    venv/bin/python src/test/python/run_exports.py

pandapower.timeseries runs sample/pandapower; its voltages are frozen as voltages.csv. Where PyPSA is installed,
it runs sample/pypsa and must agree to 1e-6.
"""

import logging
import pathlib

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
    voltages.to_csv(SAMPLE / "voltages.csv")
    print("pandapower", pp.__version__, voltages.min().min(), voltages.max().max())


def pypsa():
    import pypsa

    net = pypsa.Network()
    net.import_from_csv_folder(str(SAMPLE / "pypsa"))
    net.pf(x_tol=1e-10)
    voltages = net.buses_t.v_mag_pu.values
    frozen = pd.read_csv(SAMPLE / "voltages.csv", index_col="step").values
    print("pypsa", pypsa.__version__, "differs by", abs(voltages - frozen).max())
    assert abs(voltages - frozen).max() < 1e-6


for run in (pandapower, pypsa):
    try:
        run()
    except ModuleNotFoundError as missing:
        print("not run:", missing)
