package io.dualgrid.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks, keeps what JMH measured beside a description of the machine, and prints tables.
 * See scripts/bench, which calls it.
 */
public final class Bench {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String ITERATION = "IterationBenchmark";
  private static final String PRODUCTS = "MaskProductBenchmark";
  private static final String MACHINE_SUFFIX = "-machine.json";

  private Bench() {}

  /**
   * Either {@code --table FILE}, or {@code --quick|--full FILE [filter]}.
   *
   * @param arguments as above; FILE holds results and is read or written
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    Path file = Path.of(arguments[1]);
    if (arguments[0].equals("--table")) {
      table(file, true);
      return;
    }
    boolean quick = arguments[0].equals("--quick");
    String filter = arguments.length > 2 ? "(?i)" + arguments[2] : ".*";
    JsonNode machine = Machine.describe(); // the load is that before the benchmarks
    List<RunResult> results = new ArrayList<>(run(steps(quick, filter)));
    results.addAll(run(iterations(quick, filter)));
    if (results.isEmpty()) {
      System.err.println(
          "no benchmark matches "
              + filter
              + "; bench/README.md lists them: linearTerm, encrypt, …");
      System.exit(2);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    Files.writeString(machineFile(file), JSON.writeValueAsString(machine) + "\n");
    System.out.println();
    table(file, false);
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    try {
      return new Runner(options.build()).run();
    } catch (NoBenchmarksException e) {
      return List.of(); // the filter may leave one of the two sets empty
    }
  }

  private static ChainedOptionsBuilder steps(boolean quick, String filter) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().include(filter).exclude(ITERATION).shouldFailOnError(true);
    if (quick) {
      options
          .exclude(PRODUCTS)
          .forks(1)
          .warmupIterations(4)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(8) // of three, an interval is as wide as what it is around
          .measurementTime(TimeValue.milliseconds(400));
    }
    return options;
  }

  private static ChainedOptionsBuilder iterations(boolean quick, String filter) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(
                "(?=.*" + ITERATION + ")" + (filter.equals(".*") ? "" : "(?=.*" + filter + ")"))
            .shouldFailOnError(true);
    if (quick) {
      options
          .forks(1)
          .warmupIterations(10)
          .measurementIterations(10)
          .param("privacy", "none", "rmme", "ckks-compact", "dual-compact");
    }
    return options;
  }

  private static Path machineFile(Path results) {
    String name = results.getFileName().toString().replaceFirst("\\.json$", "");
    return results.resolveSibling(name + MACHINE_SUFFIX);
  }

  private static void table(Path file, boolean markdown) throws IOException {
    JsonNode machine = JSON.readTree(machineFile(file).toFile());
    System.out.println(Machine.summary(machine));
    System.out.println();
    System.out.print(
        new ResultTable(JSON.readTree(file.toFile()), LeastWork.of(machine.get("sizes")))
            .print(markdown));
  }
}
