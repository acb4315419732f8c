package io.dualgrid.cli;

import io.dualgrid.backend.Backend;
import io.dualgrid.backend.Backends;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.results.Labels;
import io.dualgrid.results.OptimalityGap;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run tells of itself before and after. */
final class RunReport {
  private RunReport() {}

  /** Everything that steers the run. */
  static FieldTable settings(GridCase gridCase, RunSettings settings, ResultFolder folder) {
    return new FieldTable()
        .add("case", describe(gridCase))
        .add("privacy", privacy(settings))
        .add("exposed sums", exposedSums(settings))
        .add("qp", resolved(settings.qpBackend(), QpBackends::named))
        .add(
            "ckks",
            settings.privacy().encryptsMessages()
                ? resolved(settings.ckksBackend(), CkksBackends::byName)
                : "")
        .add("steps", steps(gridCase, settings))
        .add(
            "voltages",
            settings.voltageForm() == VoltageForm.LINEAR
                ? ""
                : Labels.of(settings.voltageForm()) + " form of LinDistFlow")
        .add("algorithm", algorithm(settings))
        .add("stopping", Labels.of(settings.stopping()))
        .add("iterations", "at most " + settings.maxIterations())
        .add("threads", Integer.toString(settings.threads()))
        .add("bad answers", Labels.of(settings.onBadAnswer()))
        .add("results", place(folder));
  }

  // what auto stands for on this machine
  private static String resolved(String asked, Function<String, ? extends Backend> backends) {
    return asked.equals(Backends.AUTO)
        ? backends.apply(asked).name() + " (" + Backends.AUTO + ")"
        : asked;
  }

  private static String exposedSums(RunSettings settings) {
    if (!settings.privacy().encryptsMessages()) {
      return "";
    }
    return settings.allowExposedSums() ? "allowed" : "refused";
  }

  private static String algorithm(RunSettings settings) {
    String name = Labels.of(settings.algorithm());
    if (settings.algorithm() != Algorithm.PUBLISHED) {
      name += ", to a certified gap of " + Numbers.scientific(settings.gapTolerance());
    }
    return settings.algorithm() == Algorithm.NEWTON
        ? name + ", sensitivities " + Labels.of(settings.sensitivities())
        : name;
  }

  /** How the run ended. */
  static FieldTable outcome(
      GridCase gridCase, RunResult result, double optimalCost, PeakMemory memory, String results) {
    return new FieldTable()
        .add("status", Labels.of(result.status()).replace('-', ' '))
        .add("iterations", iterations(result))
        .add("cost", cost(gridCase, result, optimalCost))
        .add("lower bound", lowerBound(result))
        .add("on and off", states(result))
        .add("residuals", residuals(result))
        .add("voltage", voltage(result))
        .add("backends", backends(result))
        .add("memory", text(memory))
        .add("results", results);
  }

  /** How a central solve ended. */
  static FieldTable outcome(
      GridCase gridCase, CentralResult result, PeakMemory memory, ResultFolder folder) {
    return new FieldTable()
        .add("status", result.status())
        .add("cost", result.solved() ? money(gridCase, result.totalCost()) : "")
        .add("program", result.variables() + " variables, " + result.rows() + " rows")
        .add(
            "solver",
            result.solver()
                + ", "
                + result.iterations()
                + " iterations in "
                + Numbers.seconds(result.seconds()))
        .add("memory", text(memory))
        .add("results", place(folder));
  }

  /** A case in one line. */
  static String describe(GridCase gridCase) {
    long devices = gridCase.nodes().stream().mapToLong(node -> node.devices().size()).sum();
    return gridCase.name()
        + ": "
        + gridCase.nodes().size()
        + " nodes, "
        + gridCase.lines().size()
        + " lines, depth "
        + gridCase.tree().maxDepth()
        + ", "
        + devices
        + " devices";
  }

  private static String privacy(RunSettings settings) {
    String text = Labels.of(settings.privacy());
    if (settings.privacy().masksPrograms()) {
      int lifetime = settings.maskLifetime();
      text +=
          ", "
              + Labels.of(settings.mask())
              + " mask"
              + (lifetime == 0 ? "" : ", a new one every " + lifetime + " iterations");
    }
    if (settings.privacy().encryptsMessages()) {
      text += ", " + Labels.of(settings.ckksParameters()) + " CKKS parameters";
    }
    return text;
  }

  private static String steps(GridCase gridCase, RunSettings settings) {
    double hours = gridCase.limits().horizonHours() / settings.steps();
    return String.format(
        Locale.ROOT,
        "%d of %s h, sampling %s",
        settings.steps(),
        hours == Math.rint(hours) ? Integer.toString((int) hours) : Double.toString(hours),
        Labels.of(settings.sampling()));
  }

  private static String iterations(RunResult result) {
    double seconds = result.solveSeconds();
    return String.format(
        Locale.ROOT,
        "%d%s in %s, %s it/s, after a set-up of %s",
        result.iterations(),
        result.resumedFrom() > 0 ? " (" + result.resumedFrom() + " before it went on)" : "",
        Numbers.seconds(seconds),
        Numbers.brief(result.iterations() / Math.max(seconds, 1e-9)),
        Numbers.seconds(result.setupSeconds()));
  }

  private static String cost(GridCase gridCase, RunResult result, double optimalCost) {
    if (Double.isNaN(result.totalCost())) {
      return "";
    }
    String cost = money(gridCase, result.totalCost());
    if (Double.isNaN(optimalCost)) {
      return cost;
    }
    double gap = OptimalityGap.of(result.totalCost(), optimalCost, result.moneyUnit());
    String distance =
        Double.isNaN(gap)
            ? "within " + Numbers.scientific(Math.abs(result.totalCost() - optimalCost)) + " of"
            : Numbers.percent(gap) + " from";
    // what --gap solves has devices free between off and full power
    boolean relaxed = Double.isFinite(result.statesLowerBound());
    return cost
        + ", "
        + distance
        + " the central optimum"
        + (relaxed ? " with relaxed states" : "");
  }

  /** An amount, in the currency of the case where it names one. */
  static String money(GridCase gridCase, double amount) {
    return (Numbers.money(amount) + ' ' + gridCase.facts().currency()).strip();
  }

  private static String lowerBound(RunResult result) {
    double bound = result.lowerBound();
    if (!Double.isFinite(bound)) {
      return "";
    }
    double distance = result.totalCost() - bound;
    if (Double.isNaN(distance)) {
      return Numbers.money(bound);
    }
    double gap = OptimalityGap.of(result.totalCost(), bound, result.moneyUnit());
    return Numbers.money(bound)
        + (Double.isNaN(gap)
            ? ", certified within " + Numbers.scientific(distance)
            : ", certified gap " + Numbers.percent(gap));
  }

  /** How well the dispatch uses the states that were fixed; the other bound is with any states. */
  private static String states(RunResult result) {
    double gap =
        OptimalityGap.of(result.totalCost(), result.statesLowerBound(), result.moneyUnit());
    return Double.isNaN(gap)
        ? ""
        : "certified within "
            + Numbers.percent(gap)
            + " of the best with the states that the sites have fixed; the lower bound is with"
            + " relaxed states";
  }

  private static String residuals(RunResult result) {
    if (Double.isNaN(result.primalResidual())) {
      return "";
    }
    if (result.settings().algorithm() == Algorithm.NEWTON) {
      return "injections of the last iterate were out of balance by "
          + Numbers.scientific(result.primalResidual())
          + " per unit at most";
    }
    return "primal "
        + Numbers.scientific(result.primalResidual())
        + ", dual "
        + Numbers.scientific(result.dualResidual())
        + " per unit, tolerance "
        + Numbers.scientific(Stopping.TOLERANCE)
        + (result.settings().stopping() == Stopping.PUBLISHED ? " (P and V/1000 only)" : "");
  }

  private static String voltage(RunResult result) {
    if (!Double.isFinite(result.voltageMinPu())) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%.4f to %.4f p.u., copies differ by %s at most",
        result.voltageMinPu(),
        result.voltageMaxPu(),
        Numbers.scientific(result.maxVoltageMismatchPu()));
  }

  /** What the AC power flow of a dispatch says, in one line. */
  static String flow(FlowStudy study) {
    if (study.isUnsolved()) {
      return "no power flow exists";
    }
    return String.format(
        Locale.ROOT,
        "%.4f to %.4f p.u., losses %.1f kWh",
        study.lowestVoltage().value(),
        study.highestVoltage().value(),
        study.lossesKwh());
  }

  private static String backends(RunResult result) {
    return result.backends().entrySet().stream()
        .map(
            entry ->
                entry.getKey() + " " + entry.getValue().name() + " " + entry.getValue().version())
        .collect(Collectors.joining(", "));
  }

  private static String text(PeakMemory memory) {
    return String.format(Locale.ROOT, "%.0f MB at most (%s)", memory.megabytes(), memory.measure());
  }

  /** Where results go, for people. */
  static String place(ResultFolder folder) {
    return folder == null ? "not kept (--out DIR keeps them)" : folder.path().toString();
  }
}
