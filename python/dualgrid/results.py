"""Result folders as data frames."""

import json
from pathlib import Path

import pandas as pd


def stamps(times, zone):
    """Time stamps in their zone; local times of no zone stay as they are."""
    if pd.Timestamp(times[0]).tzinfo is None:
        return pd.DatetimeIndex(times, name="time")
    index = pd.to_datetime(times, utc=True)
    return pd.DatetimeIndex(index.tz_convert(zone) if zone else index, name="time")


class Results:
    """What ``dualgrid run --out DIR`` or ``central --out DIR`` has written.

    Steps are indexed by time stamps where the case has a start, else by hours. start: another time
    at which the horizon begins, such as ``"2026-06-01"``, with a zone if wanted.
    """

    def __init__(self, folder, start=None):
        self.folder = Path(folder)
        self.summary = json.loads((self.folder / "summary.json").read_text("utf-8"))
        self.network = json.loads((self.folder / "network.json").read_text("utf-8"))
        hours = [t * self.network["stepHours"] for t in range(self.network["steps"])]
        if start is None and "times" in self.network:
            self.index = stamps(self.network["times"], self.network.get("timeZone"))
        elif start is None:
            self.index = pd.Index(hours, name="hour")
        else:
            first = pd.Timestamp(start)
            self.index = pd.DatetimeIndex(first + pd.to_timedelta(hours, unit="h"), name="time")

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

    def storage(self):
        """How each store is used over the horizon, as it stands in storage.csv."""
        return pd.read_csv(self.folder / "storage.csv")

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
