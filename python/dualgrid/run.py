"""The command line as functions."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from .results import Results

NOT_CONVERGED = 3


class DualgridError(RuntimeError):
    """A command that has failed; holds its exit code and what it said."""

    def __init__(self, code, message):
        super().__init__(message or f"dualgrid ended with exit code {code}")
        self.code = code


def command():
    """The program: $DUALGRID, dualgrid on the path, or the one of the clone this package lies in."""
    given = os.environ.get("DUALGRID")
    if given:
        return given
    found = shutil.which("dualgrid")
    if found:
        return found
    script = Path(__file__).resolve().parents[2] / "scripts" / "dualgrid"
    if script.exists():
        return str(script)
    raise DualgridError(1, "there is no program dualgrid; set DUALGRID to scripts/dualgrid of a clone")


def call(*arguments):
    """Runs a command and gives what it prints; raises DualgridError where it fails."""
    done = subprocess.run([command(), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DualgridError(done.returncode, done.stderr.strip())
    return done.stdout


def baseline(case, out):
    """Every site for itself beside all together; gives the summary, a dictionary."""
    call("baseline", str(case), "--out", str(out))
    return json.loads((Path(out) / "summary.json").read_text("utf-8"))


def run(case, out, **options):
    """Runs a case and gives its results.

    case: a bundled name or a folder. out: the folder of the results. options: those of
    ``dualgrid run`` with underscores, such as ``privacy="ckks"``, ``steps=96``, ``gap=True``.

    A run that has not converged has results, too: look at ``status``. Raises DualgridError
    for everything else.
    """
    arguments = [command(), "run", str(case), "--json", "--out", str(out)]
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            arguments.append(option)
        elif value is not False and value is not None:
            arguments.append(f"{option}={value}")
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    # without a summary the command has ended before it had any result
    if done.returncode not in (0, NOT_CONVERGED) or not done.stdout.strip():
        raise DualgridError(done.returncode, done.stderr.strip())
    return Results(out)
