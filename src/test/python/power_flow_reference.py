"""Freezes power flows of pandapower for RadialFlowTest. Run from the top of the project:

    python -m venv venv && venv/bin/pip install pandapower==3.5.6
    venv/bin/python src/test/python/power_flow_reference.py

It writes src/test/resources/io/dualgrid/powerflow/*.json: lines in ohm, what nodes supply in kW and
kvar, shunts at nominal voltage, and what pandapower's Newton-Raphson says of them.
"""

import json
import math
import pathlib

import pandapower as pp
import pandapower.networks

BASE_MVA = 1.0
FOLDER = pathlib.Path("src/test/resources/io/dualgrid/powerflow")


def solve(name, base_ohm, root_voltage, lines, nodes):
    """lines: (from, to, r, x, ratio), directed away from the root 0; nodes: id -> (p, q, g, b)."""
    kv = math.sqrt(base_ohm * BASE_MVA)
    net = pp.create_empty_network(sn_mva=BASE_MVA)
    bus = {node: pp.create_bus(net, vn_kv=kv, name=str(node)) for node in nodes}
    pp.create_ext_grid(net, bus[0], vm_pu=root_voltage)
    places = {}
    for start, end, r, x, ratio in lines:
        if ratio == 1.0:
            index = pp.create_line_from_parameters(
                net, bus[start], bus[end], 1.0, r, x, 0.0, 100.0)
            places[start, end] = ("line", index)
        else:
            # ratio and no-load current at the upper side, impedance at the lower one
            index = pp.create_transformer_from_parameters(
                net, bus[start], bus[end], sn_mva=BASE_MVA, vn_hv_kv=kv, vn_lv_kv=kv,
                vkr_percent=100 * r / base_ohm, vk_percent=100 * math.hypot(r, x) / base_ohm,
                pfe_kw=0.0, i0_percent=0.0, tap_side="hv", tap_neutral=0, tap_min=-100,
                tap_max=100, tap_step_percent=100 * (ratio - 1.0), tap_pos=1,
                tap_changer_type="Ratio")
            places[start, end] = ("trafo", index)
    for node, (p, q, g, b) in nodes.items():
        if node != 0:
            pp.create_sgen(net, bus[node], p / 1000, q / 1000)
        if g or b:
            pp.create_shunt(net, bus[node], q_mvar=-b / 1000, p_mw=g / 1000)
    pp.runpp(net, tolerance_mva=1e-11, max_iteration=50, numba=False, init="flat")

    def flow(start, end):
        kind, index = places[start, end]
        row = net["res_" + kind].loc[index]
        upper, lower = ("from", "to") if kind == "line" else ("hv", "lv")
        return {
            "fromKw": 1000 * row[f"p_{upper}_mw"], "fromKvar": 1000 * row[f"q_{upper}_mvar"],
            "toKw": -1000 * row[f"p_{lower}_mw"], "toKvar": -1000 * row[f"q_{lower}_mvar"],
        }

    document = {
        "madeBy": f"pandapower {pp.__version__}, src/test/python/power_flow_reference.py",
        "baseImpedanceOhm": base_ohm,
        "basePowerKw": 1000 * BASE_MVA,
        "rootVoltagePu": root_voltage,
        "nodes": [
            {"id": node, "activeKw": p, "reactiveKvar": q, "conductanceKw": g, "susceptanceKvar": b,
             "voltagePu": net.res_bus.vm_pu[bus[node]], "angleDegrees": net.res_bus.va_degree[bus[node]]}
            for node, (p, q, g, b) in nodes.items()
        ],
        "lines": [
            {"from": start, "to": end, "resistanceOhm": r, "reactanceOhm": x, "ratio": ratio, **flow(start, end)}
            for start, end, r, x, ratio in lines
        ],
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    print(name, net.res_bus.vm_pu.min(), net.res_bus.vm_pu.max())


def six_bus():
    case = json.loads(pathlib.Path("data/6-bus/case.json").read_text())
    lines = [(one["from"], one["to"], one["resistanceOhm"], one["reactanceOhm"], 1.0) for one in case["lines"]]
    nodes = {one["id"]: (0.0, 0.0, 0.0, 0.0) for one in case["nodes"]}
    for node in nodes:
        if node:
            nodes[node] = (-150.0 - 37.0 * node, -40.0 - 11.0 * node, 0.0, 0.0)
    nodes[3] = (420.0, -60.0, 0.0, 0.0)
    solve("six-bus", case["limits"]["baseImpedanceOhm"], 1.0, lines, nodes)


def ieee33():
    net = pandapower.networks.case33bw()
    lines = []
    for _, one in net.line[net.line.in_service].iterrows():
        ratio = {(2, 22): 0.975, (5, 25): 0.95, (12, 13): 1.02}.get((one.from_bus, one.to_bus), 1.0)
        lines.append((int(one.from_bus), int(one.to_bus), one.r_ohm_per_km * one.length_km,
                      one.x_ohm_per_km * one.length_km, ratio))
    nodes = {int(bus): (0.0, 0.0, 0.0, 0.0) for bus in net.bus.index}
    for _, one in net.load.iterrows():
        nodes[int(one.bus)] = (-1000 * one.p_mw, -1000 * one.q_mvar, 0.0, 0.0)
    for bus, g, b in ((17, 0.0, 400.0), (24, 5.0, -120.0), (30, 12.0, 600.0)):
        nodes[bus] = nodes[bus][:2] + (g, b)
    nodes[21] = (900.0, 150.0, 0.0, 0.0)
    solve("ieee33-taps-shunts", float(net.bus.vn_kv.iloc[0]) ** 2 / BASE_MVA, 1.02, lines, nodes)


FOLDER.mkdir(parents=True, exist_ok=True)
six_bus()
ieee33()
