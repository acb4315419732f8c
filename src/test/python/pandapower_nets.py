"""Writes nets of pandapower (BSD-3-Clause) and their voltages for PandapowerImporterTest. Run from the top:

    python -m venv venv && venv/bin/pip install pandapower==3.5.6
    venv/bin/python src/test/python/pandapower_nets.py

Each net is as pandapower.to_json writes it, without results and the catalogue of standard types. The
voltages are those of Newton-Raphson with transformers as pi circuits; how far pandapower's default,
the T circuit, is from that is printed.
"""

import json
import logging
import pathlib

import pandapower as pp
import pandapower.networks as networks

logging.disable(logging.WARNING)
FOLDER = pathlib.Path("src/test/resources/io/dualgrid/caseio/pandapower")


def run(net, **options):
    pp.runpp(net, numba=False, tolerance_mva=1e-10, max_iteration=50, **options)
    return net.res_bus.vm_pu.copy()


def freeze(name, net):
    net.std_types = {}
    (FOLDER / f"{name}.json").write_text(pp.to_json(net))
    usual = run(net)
    voltages = run(net, trafo_model="pi")
    print(f"{name}: lowest {voltages.min():.6f}, T circuits differ by {(voltages - usual).abs().max():.1e}")
    document = {
        "madeBy": f"pandapower {pp.__version__}, src/test/python/pandapower_nets.py",
        "voltagePu": {str(bus): voltage for bus, voltage in voltages.dropna().items()},
    }
    (FOLDER / f"{name}-voltages.json").write_text(json.dumps(document, indent=1) + "\n")


def taps():
    net = networks.simple_four_bus_system()
    net.trafo.loc[0, "tap_pos"] = -2
    pp.create_shunt(net, 3, q_mvar=-0.02, p_mw=0.001)
    net.load.loc[0, "scaling"] = 0.8
    # alone at its bus: pandapower takes shares of constant impedance of what is left beside generators
    net.sgen.loc[1, "in_service"] = False
    net.load.loc[1, ["const_z_p_percent", "const_z_q_percent"]] = 40.0
    pp.create_bus(net, 0.4, name="alone")
    return net


def parallel():
    """Lines and transformers twice, once the other way round, and a switch with impedance."""
    net = pp.create_empty_network()
    high = [pp.create_bus(net, 20.0) for _ in range(3)]
    low = [pp.create_bus(net, 0.4) for _ in range(2)]
    pp.create_ext_grid(net, high[0], vm_pu=1.02)
    pp.create_line(net, high[0], high[1], 3.0, "NA2XS2Y 1x185 RM/25 12/20 kV")
    pp.create_line(net, high[1], high[0], 5.0, "NA2XS2Y 1x95 RM/25 12/20 kV")
    pp.create_switch(net, high[1], high[2], "b", z_ohm=2.5)
    for _ in range(2):
        pp.create_transformer(net, high[2], low[0], "0.25 MVA 20/0.4 kV", tap_pos=1)
    for _ in range(3):
        pp.create_line(net, low[0], low[1], 0.15, "NAYY 4x150 SE")
    pp.create_load(net, high[1], 1.5, 0.6)
    pp.create_load(net, low[1], 0.3, 0.08)
    return net


FOLDER.mkdir(parents=True, exist_ok=True)
freeze("four-bus-taps", taps())
freeze("cigre-mv", networks.create_cigre_network_mv(with_der="pv_wind"))
freeze("kerber-freileitung", networks.create_kerber_landnetz_freileitung_1())
freeze("mv-oberrhein", networks.mv_oberrhein())
freeze("parallel-branches", parallel())
