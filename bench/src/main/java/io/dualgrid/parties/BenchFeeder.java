package io.dualgrid.parties;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The feeder that all steps are measured on, with messages in the clear. */
final class BenchFeeder {
  static final String CASE = "yingkou-60";
  private static final double WEIGHT = 0.5;

  final GridCase gridCase = CaseLocator.read(CASE);
  final RunSettings settings = RunSettings.defaults().withLimits(10_000, 1);
  final Horizon horizon = Horizon.of(gridCase.limits(), settings.steps(), settings.sampling());
  final List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();

  /** Energy systems that solve with what they are given. */
  List<EdgeSystem> systems(Function<DesProgram, LocalProblem> problems) {
    List<EdgeSystem> systems = new ArrayList<>();
    for (DesProgram program : programs) {
      List<LineEnd> ends = new ArrayList<>();
      for (Port port : program.ports()) {
        int line = gridCase.lines().indexOf(port.line());
        BoundaryCodec codec = new BoundaryCodec.Plain(line, port.downstream(), WEIGHT);
        ends.add(new LineEnd(line, port, codec, WEIGHT));
      }
      systems.add(new EdgeSystem(program, problems.apply(program), ends));
    }
    return systems;
  }

  /** The accelerated algorithm over them. */
  Coordinator coordinator(List<EdgeSystem> systems, WorkerPool pool) {
    double[] weights = new double[gridCase.lines().size()];
    Arrays.fill(weights, WEIGHT);
    GridOperator operator = new GridOperator(weights, PayloadArithmetic.PLAIN, PartyHooks.NONE);
    return DispatchEngine.coordinator(
        gridCase, settings, horizon, systems, new Exchange(operator, pool), ScalarSums.PLAIN);
  }

  /** Returns the same point for whatever it is asked to solve. */
  static final class FixedAnswer implements LocalProblem {
    private final double[] x;

    FixedAnswer(int variables) {
      x = new double[variables];
    }

    @Override
    public void updatePenalty(double[] diagonal, StepClock clock) {
      // no answer depends on it
    }

    @Override
    public double[] solve(double[] linear, StepClock clock) {
      return x;
    }

    @Override
    public java.util.Map<String, Integer> incidents() {
      return java.util.Map.of();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
