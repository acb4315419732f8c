"""Result folders as data frames."""

import json
from pathlib import Path

import pandas as pd


class Results:
    """What ``dualgrid run --out DIR`` or ``central --out DIR`` has written.

    start: the time at which the horizon begins, such as ``"2026-06-01"``, with a zone if wanted;
    steps are then indexed by time stamps, else by hours from the start.
    """

    def __init__(self, folder, start=None):
        self.folder = Path(folder)
        self.summary = json.loads((self.folder / "summary.json").read_text("utf-8"))
        self.network = json.loads((self.folder / "network.json").read_text("utf-8"))
        hours = [t * self.network["stepHours"] for t in range(self.network["steps"])]
        if start is None:
            self.index = pd.Index(hours, name="hour")
        else:
            stamps = pd.Timestamp(start) + pd.to_timedelta(hours, unit="h")
            self.index = pd.DatetimeIndex(stamps, name="time")

    @property
    def status(self):
        """How the command ended, such as "converged"."""
        return self.summary["status"]

    def dispatch(self):
        """One column a series: node, device, quantity and unit; one row a step."""
        return self._wide("dispatch.csv", ["node", "device", "quantity", "unit"])

    def costs(self):
        """One column a series: node, device, part and unit; one row a step."""
        return self._wide("costs.csv", ["node", "device", "part", "unit"])

    def prices(self):
        """One column a series: node, quantity and unit; of runs by newton only."""
        return self._wide("prices.csv", ["node", "quantity", "unit"])

    def energy(self):
        """What each device supplies and draws over the horizon, as it stands in energy.csv."""
        return pd.read_csv(self.folder / "energy.csv")

    def iterations(self):
        """One row an iteration; a central solve has none."""
        return pd.read_csv(self.folder / "iterations.csv")

    def plot(self, quantity="P", unit="kW", **options):
        """Draws one quantity of all devices at all nodes, summed by device; needs matplotlib."""
        chosen = self.dispatch().xs((quantity, unit), axis=1, level=("quantity", "unit"))
        by_device = chosen.T.groupby(level="device").sum().T
        return by_device.plot(drawstyle="steps-post", ylabel=f"{quantity} in {unit}", **options)

    def _wide(self, name, columns):
        path = self.folder / name
        if not path.exists():
            raise FileNotFoundError(f"{path}: this command writes no such file")
        table = pd.read_csv(path)
        wide = table.pivot(index="step", columns=columns, values="value")
        wide = wide.reindex(range(len(self.index)))
        wide.index = self.index
        return wide
