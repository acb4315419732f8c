"""Optima of the case of three nodes and of its variants, by HiGHS, from the equations of docs/devices.md alone.

    python3 three.py    (numpy and scipy; 1.17.1 gave the figures of ThreeNodesTest)
"""

import csv
import json
import math
import pathlib

import numpy as np
from scipy.optimize import linprog

HERE = pathlib.Path(__file__).parent
STEPS = 24


def profiles():
    with open(HERE / "p.csv", encoding="utf-8") as rows:
        columns = list(csv.DictReader(rows))
    return {name: np.array([float(row[name]) for row in columns]) for name in columns[0]}


def solve(buy, sell, charge, pv=1.0, battery=None, ohm=0.1, base=None, hold=True):
    """The least cost; hold=False: the least voltage that is short, of the worst step."""
    table = profiles()
    case = json.loads((HERE / "case.json").read_text(encoding="utf-8"))
    limits = case["limits"]
    store = dict(case["nodes"][2]["devices"][2]) | (battery or {})
    names = "buy sell qbuy qsell p q ch dis qch qdis e out short".split()
    at = {name: k for k, name in enumerate(names)}
    size = len(names) * STEPS

    def row(t, **terms):
        line = np.zeros(size)
        for name, value in terms.items():
            line[t * len(names) + at[name]] = value
        return line

    equal, right, least, bound = [], [], [], []

    def most(line, value):
        least.append(line)
        bound.append(value)

    grid, plant, cell = (math.tan(math.acos(f)) for f in (0.8, 0.9, store["powerFactorMin"]))
    base = base or limits["baseImpedanceOhm"] * limits["basePowerKw"]
    first, second = ohm / base, 0.1 / base
    cost, bounds = np.zeros(size), [(0, None)] * size
    for t in range(STEPS):
        own = dict(p=1, dis=1, ch=-1)
        reactive = dict(q=1, qdis=1, qch=-1)
        equal.append(row(t, buy=1, sell=-1, **own))
        right.append(table["l1"][t] + table["l2"][t])
        equal.append(row(t, qbuy=1, qsell=-1, **reactive))
        right.append(table["q1"][t])
        keep = row(t, e=1, ch=-store["chargeEfficiency"], dis=1 / store["dischargeEfficiency"])
        if t:
            keep += row(t - 1, e=-(1 - store["lossPerHour"]))
        equal.append(keep)
        right.append(0 if t else (1 - store["lossPerHour"]) * store["energyStartKwh"])
        for of, by, factor in (
            ("qbuy", "buy", grid),
            ("qsell", "sell", grid),
            ("q", "p", plant),
            ("qch", "ch", cell),
            ("qdis", "dis", cell),
        ):
            most(row(t, **{of: 1, by: -factor}), 0)
            most(row(t, **{of: -1, by: -factor}), 0)
        # what node 2 supplies beyond its load
        most(row(t, out=-1, **own), table["l2"][t])
        # 1 - (P + Q) of the lines times what a kW drops there: R and X are the same
        supply = {name: own.get(name, 0) + reactive.get(name, 0) for name in own | reactive}
        taken = table["l1"][t] + table["q1"][t] + table["l2"][t]
        near = 1 - first * taken
        far = near - second * table["l2"][t]
        for without, drop in ((near, first), (far, first + second)):
            rise = {name: value * drop for name, value in supply.items()}
            fall = {name: -value for name, value in rise.items()}
            most(row(t, short=-1, **fall), without - limits["voltageMinPu"])
            most(row(t, short=-1, **rise), limits["voltageMaxPu"] - without)
        place = t * len(names)
        for name, (low, high) in dict(
            buy=(0, 10000),
            sell=(0, 10000),
            qbuy=(None, None),
            qsell=(None, None),
            p=(0, pv * table["pv"][t]),
            q=(None, None),
            ch=(0, store["powerMaxKw"]),
            dis=(0, store["powerMaxKw"]),
            qch=(None, None),
            qdis=(None, None),
            e=(0, store["energyMaxKwh"]),
            short=(0, 0 if hold else None),
        ).items():
            bounds[place + at[name]] = (low, high)
        if t == STEPS - 1:
            bounds[place + at["e"]] = (store["energyStartKwh"],) * 2
        if hold:
            cost += row(t, buy=buy[t], sell=-sell[t], out=charge)
        else:
            cost += row(t, short=1)
    result = linprog(cost, least, bound, equal, right, bounds, method="highs")
    return result.fun if result.status == 0 else result.message, result


if __name__ == "__main__":
    t = profiles()
    print("as it is", solve(t["buy"], t["sell"], 0.2)[0])
    for factor in (0.01, 300):
        print("times", factor, solve(factor * t["buy"], factor * t["sell"], 0.2 * factor)[0])
    print("negative", solve(t["negative"], t["negativeSell"], 0.2)[0])
    lossless = dict(lossPerHour=0, chargeEfficiency=1, dischargeEfficiency=1)
    print("lossless", solve(t["buy"], t["sell"], 0.2, battery=lossless)[0])
    print("60 ohm", solve(t["buy"], t["sell"], 0.2, ohm=60)[0])
    short, result = solve(t["buy"], t["sell"], 0.2, ohm=60, hold=False)
    print("60 ohm, short in all", short, "at each step", np.round(result.x[12::13], 6))
    short, result = solve(t["buy"], t["sell"], 0.2, base=1, hold=False)
    print("1 kW and 1 ohm, short in all", short, "at each step", np.round(result.x[12::13], 4))
