package io.dualgrid.run;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.edge.LocalProblem;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.runtime.StepClock;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the energy systems of yingkou-60 were asked to solve in successive iterations of a real run:
 * a solver that starts warm is as fast as its linear terms are close. The window is the last of so
 * many iterations in which no penalty changed.
 */
public final class Recording {
  /** Names the file that keeps the recording between processes. */
  public static final String FILE_PROPERTY = "dualgrid.bench.recording";

  private static final int RUN_ITERATIONS = 120;
  private static final int WINDOW = 16;

  private final List<QuadraticProgram> programs;
  private final double[][][] linear; // by iteration, energy system, variable

  private Recording(List<QuadraticProgram> programs, double[][][] linear) {
    this.programs = programs;
    this.linear = linear;
  }

  /** The programs of all energy systems, with the penalties of the window. */
  public List<QuadraticProgram> programs() {
    return programs;
  }

  /**
   * The linear terms of the n-th iteration to replay, one for each energy system. It runs through
   * the window and back again, so that successive ones are neighbours.
   */
  public double[][] linear(long n) {
    int last = linear.length - 1;
    int phase = (int) (n % period());
    return linear[phase <= last ? phase : 2 * last - phase];
  }

  /** After how many iterations the replay repeats itself. */
  public int period() {
    return 2 * (linear.length - 1);
  }

  /** Reads the file that the property names, or makes the run when it names none. */
  public static Recording load() {
    String file = System.getProperty(FILE_PROPERTY);
    try {
      return file == null ? record() : read(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + file, e);
    }
  }

  private static Recording record() {
    BenchFeeder feeder = new BenchFeeder();
    Map<Integer, Recorder> recorders = new TreeMap<>();
    RunHooks hooks =
        new RunHooks() {
          @Override
          public LocalProblem localProblem(int edge, LocalProblem usual) {
            Recorder recorder = new Recorder(usual);
            recorders.put(edge, recorder);
            return recorder;
          }
        };
    // the published rule ends no run so soon
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .qpBackend("java")
            .ckksBackend("java")
            .algorithm(Algorithm.ACCELERATED)
            .stopping(Stopping.PUBLISHED)
            .maxIterations(RUN_ITERATIONS)
            .threads(1)
            .build();
    DispatchEngine.run(feeder.gridCase, settings, RunObserver.NONE, hooks);
    return cut(feeder, List.copyOf(recorders.values()));
  }

  private static Recording cut(BenchFeeder feeder, List<Recorder> recorders) {
    int end = RUN_ITERATIONS;
    while (end >= WINDOW && !steady(recorders, end - WINDOW, end)) {
      end--;
    }
    if (end < WINDOW) {
      throw new IllegalStateException(
          "no " + WINDOW + " iterations without a change of penalties in " + RUN_ITERATIONS);
    }
    List<QuadraticProgram> programs = new ArrayList<>();
    double[][][] linear = new double[WINDOW][recorders.size()][];
    for (int i = 0; i < recorders.size(); i++) {
      Recorder recorder = recorders.get(i);
      programs.add(withDiagonal(feeder.programs.get(i).program(), recorder.diagonals.get(end - 1)));
      for (int k = 0; k < WINDOW; k++) {
        linear[k][i] = recorder.linear.get(end - WINDOW + k);
      }
    }
    return new Recording(programs, linear);
  }

  private static boolean steady(List<Recorder> recorders, int from, int to) {
    return recorders.stream()
        .allMatch(
            recorder ->
                Arrays.equals(recorder.diagonals.get(from), recorder.diagonals.get(to - 1)));
  }

  private static QuadraticProgram withDiagonal(QuadraticProgram program, double[] diagonal) {
    return new QuadraticProgram(
        program.name(),
        SparseMatrix.diagonal(diagonal),
        program.linear(),
        program.constraints(),
        program.lower(),
        program.upper());
  }

  /**
   * Records and writes, for later processes.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    Recording recording = record();
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0]))))) {
      out.writeInt(recording.linear.length);
      for (QuadraticProgram program : recording.programs) {
        write(out, program.quadratic().values());
      }
      for (double[][] iteration : recording.linear) {
        for (double[] of : iteration) {
          write(out, of);
        }
      }
    }
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static Recording read(Path file) throws IOException {
    BenchFeeder feeder = new BenchFeeder();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      double[][][] linear = new double[in.readInt()][feeder.programs.size()][];
      List<QuadraticProgram> programs = new ArrayList<>();
      for (int i = 0; i < feeder.programs.size(); i++) {
        QuadraticProgram program = feeder.programs.get(i).program();
        programs.add(withDiagonal(program, read(in, program.variableCount())));
      }
      for (double[][] iteration : linear) {
        for (int i = 0; i < iteration.length; i++) {
          iteration[i] = read(in, programs.get(i).variableCount());
        }
      }
      return new Recording(programs, linear);
    }
  }

  private static double[] read(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  /** Solves and keeps what was asked. */
  private static final class Recorder implements LocalProblem {
    final List<double[]> diagonals = new ArrayList<>();
    final List<double[]> linear = new ArrayList<>();
    private final LocalProblem problem;
    private double[] diagonal;

    Recorder(LocalProblem problem) {
      this.problem = problem;
    }

    @Override
    public void updatePenalty(double[] newDiagonal, StepClock clock) {
      diagonal = newDiagonal.clone();
      problem.updatePenalty(newDiagonal, clock);
    }

    @Override
    public double[] solve(double[] term, StepClock clock) {
      diagonals.add(diagonal);
      linear.add(term.clone());
      return problem.solve(term, clock);
    }

    @Override
    public Map<String, Integer> incidents() {
      return problem.incidents();
    }

    @Override
    public void close() {
      problem.close();
    }
  }
}
