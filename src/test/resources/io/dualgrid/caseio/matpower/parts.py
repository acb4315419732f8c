"""The figures that FeederPartsTest expects of parts.m, by numpy alone: the linear power flow as a system of
equations over all buses, v_from/tap - v_to = r*p + x*q, without any sweep or turning of branches.

Unknown: one v a bus, one (p, q) a branch, positive from -> to, at the side of `to`.
"""
import numpy as np

base = 5.0  # MVA
buses = [10, 11, 12, 14, 15]
# what each bus draws, MW and Mvar: load, shunt, half the charging, generator (0.25 MW, no Mvar), full DL
draw = {
    10: (0, 0),
    11: (1.2 + 0.02, 0.5 - 0.3),
    12: (0.4, 0.1 - 0.01),
    14: (0.3 - 0.25, 0.2 + 0.05 - 0.01),
    15: (0.2, 0.1),
}
z = 1 / (1 / (0.02 + 0.02j) + 1 / (0.04 + 0.06j))
branches = [(10, 11, 0.002 + 0.04j, 1.025), (12, 11, 0.01 + 0.03j, 0.98), (12, 14, z, 1), (14, 15, 0, 1)]

n, m = len(buses), len(branches)
at = {b: k for k, b in enumerate(buses)}
rows, right = [], []
row = np.zeros(n + 2 * m)
row[at[10]] = 1
rows.append(row)
right.append(1.02)
for k, (f, t, zk, tap) in enumerate(branches):
    # the side of `to`: an upstream `to` bus has v_to of its own, as linear about 1 p.u. either way; a branch whose
    # `to` bus is upstream is seen from below, with the impedance at that side, tap squared times as large
    row = np.zeros(n + 2 * m)
    if f == 12 and t == 11:
        row[at[t]], row[at[f]] = tap, -1
        row[n + k], row[n + m + k] = tap**2 * zk.real, tap**2 * zk.imag  # p, q positive from -> to, so raised
    else:
        row[at[f]], row[at[t]] = 1 / tap, -1
        row[n + k], row[n + m + k] = -complex(zk).real, -complex(zk).imag
    rows.append(row)
    right.append(0)
for b in buses[1:]:
    for part in range(2):
        row = np.zeros(n + 2 * m)
        for k, (f, t, _, _) in enumerate(branches):
            row[n + part * m + k] += (t == b) - (f == b)
        rows.append(row)
        right.append(draw[b][part] / base)
x = np.linalg.solve(np.array(rows), np.array(right))
for b in buses:
    print(b, "%.10f" % x[at[b]])
print("joint", "%.10f %.10f" % (z.real * 20**2 / base, z.imag * 20**2 / base))
share = [abs(z) / abs(0.02 + 0.02j), abs(z) / abs(0.04 + 0.06j)]
print("rating", "%.6f" % min(1000 / s for s in share))
