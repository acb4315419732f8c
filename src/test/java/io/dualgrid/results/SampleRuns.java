package io.dualgrid.results;

import io.dualgrid.feeder.Line;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Outcomes of runs, made up, with figures that are easy to recognise. */
public final class SampleRuns {
  private SampleRuns() {}

  /** An iteration whose residuals fall tenfold every tenth time. */
  public static IterationRecord iteration(int iteration) {
    double residual = Math.pow(10.0, -iteration / 10.0);
    return new IterationRecord(
        iteration,
        0.01 * iteration,
        residual,
        residual / 2.0,
        residual,
        residual / 4.0,
        residual / 8.0,
        0.02,
        1000.0 + residual,
        iteration < 3 ? Double.NaN : 999.0,
        iteration < 50 ? 7 : 0,
        Map.of(Step.SOLVE, 0.006, Step.UPDATE, 0.001));
  }

  /**
   * The last iteration of a run of 6-bus with {@code --privacy none}: both ends hold the sweep's
   * point, so that mismatches are rounding, or nothing at all.
   */
  private static IterationRecord exactIteration(int iteration) {
    IterationRecord other = iteration(iteration);
    return new IterationRecord(
        iteration,
        other.elapsedSeconds(),
        1.0934428697813141e-15,
        9.888047474679554e-4,
        3.9513637849194726e-17,
        1.0934428697813141e-15,
        0.0,
        other.penalty(),
        other.cost(),
        other.lowerBound(),
        0,
        other.stepSeconds());
  }

  /** A run whose last point is exchanged without the noise of encryption. */
  public static RunResult exactRun(String caseName, RunSettings settings, int iterations) {
    List<IterationRecord> history = new ArrayList<>();
    for (int k = 1; k < iterations; k++) {
      history.add(iteration(k));
    }
    history.add(exactIteration(iterations));
    return run(caseName, settings, RunStatus.CONVERGED, history);
  }

  /** A run of so many iterations. */
  public static RunResult run(
      String caseName, RunSettings settings, RunStatus status, int iterations) {
    List<IterationRecord> history = new ArrayList<>();
    for (int k = 1; k <= iterations; k++) {
      history.add(iteration(k));
    }
    return run(caseName, settings, status, history);
  }

  /** A run of so many iterations, with voltages of all nodes and flows of all lines, all alike. */
  public static RunResult wholeFeeder(GridCase gridCase, RunSettings settings, int iterations) {
    double[] flow = new double[settings.steps()];
    double[] voltage = new double[settings.steps()];
    Arrays.setAll(flow, t -> t + 1.0);
    Arrays.setAll(voltage, t -> 1.0 - 1e-3 * t);
    List<DispatchSeries> dispatch = new ArrayList<>();
    for (GridCase.Node node : gridCase.nodes()) {
      dispatch.add(new DispatchSeries(Integer.toString(node.id()), "bus", "V", "pu", voltage));
    }
    for (Line line : gridCase.lines()) {
      String name = line.from() + "-" + line.to();
      dispatch.add(new DispatchSeries(name, "line", "P_z", "kW", flow));
      dispatch.add(new DispatchSeries(name, "line", "Q_z", "kvar", flow));
    }
    List<IterationRecord> history =
        IntStream.rangeClosed(1, iterations).mapToObj(SampleRuns::iteration).toList();
    return run(gridCase.name(), settings, RunStatus.CONVERGED, history, dispatch, List.of());
  }

  private static RunResult run(
      String caseName, RunSettings settings, RunStatus status, List<IterationRecord> history) {
    List<DispatchSeries> dispatch =
        List.of(
            new DispatchSeries("3", "CHP", "P", "kW", new double[] {1.5, 2.0}),
            new DispatchSeries("0-1", "line", "V", "pu", new double[] {1.0, 0.99}));
    return run(caseName, settings, status, history, dispatch, prices());
  }

  private static RunResult run(
      String caseName,
      RunSettings settings,
      RunStatus status,
      List<IterationRecord> history,
      List<DispatchSeries> dispatch,
      List<DispatchSeries> prices) {
    IterationRecord last = history.get(history.size() - 1);
    return new RunResult(
        caseName,
        settings,
        status,
        last.cost(),
        last.lowerBound(),
        Double.NaN,
        1.0,
        last.primalResidual(),
        last.dualResidual(),
        1.5e-6,
        0.9612,
        1.0,
        0,
        0.25,
        last.elapsedSeconds(),
        history,
        dispatch,
        List.of(),
        prices,
        Map.of("qp", new RunResult.Backend("osqp", "1.0.0")),
        List.of("a notice, with a comma"),
        Map.of("operator", "topology only"),
        Optional.empty());
  }

  /** Prices of two nodes, of which a limit of a voltage moves one. */
  private static List<DispatchSeries> prices() {
    List<DispatchSeries> prices = new ArrayList<>();
    for (String node : List.of("0", "3")) {
      double moved = node.equals("3") ? 0.125 : 0.0;
      double[] total = {0.5, 0.7 + moved};
      prices.add(new DispatchSeries(node, "bus", "P", "currency/kWh", total));
      prices.add(
          new DispatchSeries(node, "bus", "P_energy", "currency/kWh", new double[] {0.5, 0.7}));
      prices.add(
          new DispatchSeries(node, "bus", "P_voltage", "currency/kWh", new double[] {0, moved}));
      for (String nothing : List.of("Q", "Q_energy")) {
        prices.add(new DispatchSeries(node, "bus", nothing, "currency/kvarh", new double[] {0, 0}));
      }
    }
    return prices;
  }

  /** A central solve. */
  public static CentralResult central(String caseName, boolean solved, double cost) {
    return new CentralResult(
        caseName,
        24,
        solved ? "solved" : "iteration limit",
        solved,
        cost,
        10,
        20,
        30,
        0.5,
        "osqp 1.0.0",
        List.of(new DispatchSeries("3", "CHP", "P", "kW", new double[] {1.5, 2.0})),
        List.of(),
        List.of());
  }

  /** A central solve that has proved that there is no dispatch. */
  public static CentralResult infeasible(String caseName) {
    return new CentralResult(
        caseName,
        24,
        "infeasible: no dispatch",
        false,
        Double.NaN,
        10,
        20,
        30,
        0.5,
        "osqp 1.0.0",
        List.of(),
        List.of(),
        List.of());
  }
}
