package io.dualgrid.study;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.Store;
import io.dualgrid.results.DayTables;
import io.dualgrid.results.GridExchange;
import io.dualgrid.results.Labels;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs the days of one scenario one after another, each from the prices and the stores of the day
 * before. A day that fails hands nothing on: its stores count as at rest, and the next day begins
 * with no prices.
 */
final class Chain {
  /** Every so many days one is run without the day before, too, to tell what that saves. */
  static final int COMPARED_EVERY = 30;

  /** Of all sites between all steps, up to which they are told: 64 MiB. */
  private static final long MOST_SENSITIVITIES = 1 << 23;

  private final Study study;
  private final Study.Task task;
  private final BooleanSupplier cancelled;
  private final DayTables tables;
  private final Map<ProfileDriver, double[]> factors;
  private final Map<DevicePlace, Double> levels = new HashMap<>();
  private final List<DayOutcome> outcomes = new ArrayList<>();
  private final List<List<DispatchSeries>> dispatches = new ArrayList<>();
  private Optional<NewtonStart> before = Optional.empty();

  Chain(Study study, Study.Task task, BooleanSupplier cancelled) {
    this.study = study;
    this.task = task;
    this.cancelled = cancelled;
    tables = new DayTables(study.gridCase(), study.steps());
    factors = task.scenario().draw(study.seed(), task.repetition(), study.days());
    for (Node node : study.gridCase().nodes()) {
      for (int k = 0; k < node.devices().size(); k++) {
        if (study.carryStorage() && node.devices().get(k) instanceof Store store) {
          levels.put(new DevicePlace(node.id(), k), store.energyStartKwh());
        }
      }
    }
  }

  /**
   * Runs all days.
   *
   * @param dayDone called after each
   * @return whether it came to the end, else cancelled
   */
  boolean run(Runnable dayDone) {
    for (int day = 0; day < study.days(); day++) {
      if (!runDay(day)) {
        return false;
      }
      dayDone.run();
    }
    return true;
  }

  /** How the days ended. */
  List<DayOutcome> outcomes() {
    return outcomes;
  }

  /**
   * The dispatch of each day without noise, empty for one that failed; none where none is to be
   * kept.
   */
  List<List<DispatchSeries>> dispatches() {
    return dispatches;
  }

  private boolean runDay(int day) {
    DayWindow.DayCase window = DayWindow.of(study, task.scenario(), factors, day, levels);
    int steps = DayWindow.steps(study, day);
    Optional<NewtonStart> start = before.map(of -> WarmStart.after(of, study.steps(), steps));
    RunResult result = solve(window.gridCase(), steps, start);
    int iterations = result.iterations();
    int cold = start.isEmpty() ? iterations : 0;
    if (start.isPresent() && result.status() != RunStatus.CONVERGED && !isCancelled(result)) {
      result = solve(window.gridCase(), steps, Optional.empty());
      cold = result.iterations();
      iterations += cold;
    } else if (start.isPresent() && day % COMPARED_EVERY == 1) {
      RunResult compared = solve(window.gridCase(), steps, Optional.empty());
      if (isCancelled(compared)) {
        return false;
      }
      cold = compared.iterations();
    }
    if (isCancelled(result)) {
      return false;
    }
    boolean converged = result.status() == RunStatus.CONVERGED;
    before = converged ? result.start() : Optional.empty();
    if (converged) {
      carry(window, result);
    }
    List<DispatchSeries> dispatch = converged ? tables.clean(ofDay(result.dispatch())) : List.of();
    outcomes.add(
        converged
            ? outcome(day, result, dispatch, stored(window, dispatch), iterations, cold)
            : failure(day, result, iterations, cold));
    if (study.keepDispatch()) {
      dispatches.add(dispatch);
    }
    return true;
  }

  private static boolean isCancelled(RunResult result) {
    return result.status() == RunStatus.INTERRUPTED;
  }

  /** Nothing is to be hidden, and between all steps they save rounds, but take more memory. */
  private static Sensitivities sensitivities(GridCase window, int steps) {
    long entries = (long) window.nodes().size() * steps * (2 * steps + 1);
    return entries <= MOST_SENSITIVITIES ? Sensitivities.FULL : Sensitivities.BLOCKS;
  }

  private RunResult solve(GridCase window, int steps, Optional<NewtonStart> start) {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.NEWTON)
            .sensitivities(sensitivities(window, steps))
            .steps(steps)
            .sampling(study.sampling())
            .threads(1)
            .build();
    RunHooks hooks =
        new RunHooks() {
          @Override
          public Optional<NewtonStart> start() {
            return start;
          }
        };
    RunObserver observer =
        new RunObserver() {
          @Override
          public boolean cancelled() {
            return cancelled.getAsBoolean();
          }
        };
    return DispatchEngine.run(window, settings, observer, hooks);
  }

  /** What stores hold at the end of the day; what solvers leave beyond the limits is cut off. */
  private void carry(DayWindow.DayCase window, RunResult result) {
    levels.replaceAll(
        (place, level) -> {
          String label = window.stores().get(place);
          if (label == null) {
            return level; // out of order
          }
          Store store = (Store) study.gridCase().node(place.node()).devices().get(place.device());
          double held = atEnd(result.dispatch(), place.node(), label);
          return Math.max(0.0, Math.min(store.energyMaxKwh(), held));
        });
  }

  private double stored(DayWindow.DayCase window, List<DispatchSeries> dispatch) {
    return window.stores().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(DevicePlace.ORDER))
        .mapToDouble(entry -> atEnd(dispatch, entry.getKey().node(), entry.getValue()))
        .sum();
  }

  private double atEnd(List<DispatchSeries> dispatch, int node, String label) {
    String name = Integer.toString(node);
    return dispatch.stream()
        .filter(
            one ->
                one.node().equals(name) && one.device().equals(label) && one.quantity().equals("E"))
        .findFirst()
        .orElseThrow()
        .values()[study.steps() - 1];
  }

  private DayOutcome outcome(
      int day,
      RunResult result,
      List<DispatchSeries> dispatch,
      double stored,
      int iterations,
      int cold) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (DispatchSeries series : dispatch) {
      for (int t = 0; series.quantity().equals("V") && t < series.values().length; t++) {
        lowest = Math.min(lowest, series.values()[t]);
        highest = Math.max(highest, series.values()[t]);
      }
    }
    double stepHours = study.gridCase().limits().horizonHours() / study.steps();
    GridExchange exchange = GridExchange.of(dispatch, stepHours);
    return new DayOutcome(
        day + 1,
        DayOutcome.CONVERGED,
        result.costs().stream().mapToDouble(this::ofDay).sum(),
        exchange.boughtKwh(),
        exchange.soldKwh(),
        exchange.peakBoughtKw(),
        stored,
        lowest,
        highest,
        iterations,
        cold,
        "");
  }

  private static DayOutcome failure(int day, RunResult result, int iterations, int cold) {
    return new DayOutcome(
        day + 1,
        Labels.of(result.status()),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        iterations,
        cold,
        String.join("; ", result.notices()));
  }

  private double ofDay(DispatchSeries series) {
    return Arrays.stream(series.values(), 0, study.steps()).sum();
  }

  private List<DispatchSeries> ofDay(List<DispatchSeries> window) {
    return window.stream()
        .map(
            series ->
                new DispatchSeries(
                    series.node(),
                    series.device(),
                    series.quantity(),
                    series.unit(),
                    Arrays.copyOf(series.values(), study.steps())))
        .toList();
  }
}
