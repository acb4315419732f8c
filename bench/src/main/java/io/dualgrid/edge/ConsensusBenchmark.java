package io.dualgrid.edge;

import io.dualgrid.consensus.MixingBlock;
import io.dualgrid.consensus.ProductReport;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.run.BenchFeeder;
import io.dualgrid.run.StepBenchmark;
import io.dualgrid.runtime.StepClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Everything of an iteration but solving, encrypting and secure sums: linear terms, messages in the
 * clear, consensus, inner products of 40 differences, mixing. Every twentieth iteration a run
 * evaluates a lower bound besides, which is not in here.
 */
public class ConsensusBenchmark extends StepBenchmark {
  private static final double WEIGHT = 0.5;
  private static final int MEMORY = ProductReport.MEMORY;

  private List<EdgeSystem> systems;
  private double[][][] boundaryLinear;
  private double[] injectionLinear;
  private MixingBlock[] blocks;
  private double[] report;
  private double[] coefficients;
  private int slot;

  @Setup
  public void setUp() {
    BenchFeeder feeder = new BenchFeeder();
    Random random = new Random(SEED);
    systems = feeder.programs.stream().map(ConsensusBenchmark::system).toList();
    int steps = feeder.horizon.steps();
    injectionLinear = random.doubles(2L * steps).toArray();
    boundaryLinear = new double[systems.size()][][];
    int ends = 0;
    for (int i = 0; i < systems.size(); i++) {
      boundaryLinear[i] = new double[systems.get(i).ends().size()][];
      for (int e = 0; e < boundaryLinear[i].length; e++) {
        boundaryLinear[i][e] = random.doubles(3L * steps).toArray();
      }
      ends += boundaryLinear[i].length;
    }
    // one block for each line end and for each injection, as the accelerated edges keep them
    blocks = new MixingBlock[ends + systems.size()];
    for (int b = 0; b < blocks.length; b++) {
      int length = b < ends ? 3 * steps : 2 * steps;
      blocks[b] = new MixingBlock(random.doubles(length, 0.5, 2.0).toArray(), MEMORY);
      for (int s = 0; s < MEMORY; s++) {
        scatter(blocks[b], random);
        blocks[b].storeColumn(s);
      }
    }
    report = new double[1 + 2 * MEMORY];
    coefficients = random.doubles(MEMORY, -1e-3, 1e-3).toArray();
  }

  private static void scatter(MixingBlock block, Random random) {
    for (int i = 0; i < block.w().length; i++) {
      block.w()[i] = random.nextGaussian();
      block.r()[i] = random.nextGaussian();
    }
  }

  @Benchmark
  public void linearTerm() {
    for (int i = 0; i < systems.size(); i++) {
      systems.get(i).solve(boundaryLinear[i], injectionLinear);
    }
  }

  @Benchmark
  public double[] innerProducts() {
    slot = (slot + 1) % MEMORY;
    java.util.Arrays.fill(report, 0.0);
    for (MixingBlock block : blocks) {
      block.storeColumn(slot);
      block.addProducts(slot, report);
    }
    return report;
  }

  @Benchmark
  public void mixing() {
    for (MixingBlock block : blocks) {
      block.mix(coefficients);
      block.fallBack(); // back to where it was plus r: keeps the numbers in range
    }
  }

  @TearDown
  public void tearDown() {
    systems.forEach(EdgeSystem::close);
  }

  private static EdgeSystem system(DesProgram program) {
    List<LineEnd> ends = new ArrayList<>();
    for (Port port : program.ports()) {
      int line = ends.size(); // only messages would need the true number
      BoundaryCodec codec = new BoundaryCodec.Plain(line, port.downstream(), WEIGHT);
      ends.add(new LineEnd(line, port, codec, LineMasks.NONE, WEIGHT));
    }
    EdgeSystem system =
        new EdgeSystem(
            program,
            () -> new FixedAnswer(program.program().variableCount()),
            BoundingSolvers.preferred(),
            ends,
            new StepClock());
    // solvers are made when the first penalty comes
    system.usePenalty(new double[ends.size()][3 * program.horizon().steps()], 0.0, 0.0);
    return system;
  }

  /** Returns the same point for whatever it is asked to solve. */
  private static final class FixedAnswer implements LocalProblem {
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
    public Map<String, Integer> incidents() {
      return Map.of();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
