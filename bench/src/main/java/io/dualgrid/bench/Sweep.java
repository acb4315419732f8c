package io.dualgrid.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs made-up feeders of rising size, each in a process of its own. See scripts/sweep. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = "Seconds per iteration, iterations and peak memory over the size of the feeder.")
public final class Sweep implements java.util.concurrent.Callable<Integer> {
  /** Iterations that are left out of the mean: the virtual machine compiles in them. */
  private static final int WARM_UP = 20;

  @Option(
      names = "--nodes",
      split = ",",
      defaultValue = "60,250,1000,4000",
      description = "Sizes to run with full protection and without (default: ${DEFAULT-VALUE}).")
  private int[] nodes;

  @Option(
      names = "--nodes-unprotected",
      split = ",",
      defaultValue = "10000",
      description = "Sizes to run without protection only (default: ${DEFAULT-VALUE}).")
  private int[] unprotectedNodes;

  @Option(
      names = "--iterations",
      defaultValue = "60",
      description =
          "Limit of a run; high enough, runs converge and their number of iterations tells something"
              + " (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--shape",
      defaultValue = "yingkou-like",
      description = "As of dualgrid generate (default: ${DEFAULT-VALUE}).")
  private String shape;

  @Option(
      names = "--qp",
      defaultValue = "java",
      description =
          "Backend of runs without protection, as of dualgrid run (default: ${DEFAULT-VALUE}). The"
              + " others take what a run takes by default, whose dense programs lie outside the heap.")
  private String qp;

  @Option(names = "--seed", defaultValue = "1", description = "Of the feeders.")
  private long seed;

  @Option(
      names = "--out",
      defaultValue = "bench/results",
      description = "Folder for sweep.csv and sweep.png (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--work",
      defaultValue = "bench/target/sweep",
      description = "Folder for cases and results of runs (default: ${DEFAULT-VALUE}).")
  private Path work;

  /** One run. */
  record Row(
      String privacy,
      int nodes,
      int iterations,
      String status,
      double secondsPerIteration,
      double setupSeconds,
      double peakMemoryMb) {

    static final String HEADER =
        "privacy,nodes,iterations,status,secondsPerIteration,setupSeconds,peakMemoryMb";

    String csv() {
      return String.format(
          Locale.ROOT,
          "%s,%d,%d,%s,%.4f,%.1f,%.0f",
          privacy,
          nodes,
          iterations,
          status,
          secondsPerIteration,
          setupSeconds,
          peakMemoryMb);
    }
  }

  /**
   * Runs the sweep.
   *
   * @param arguments see the options
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Sweep()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (iterations <= WARM_UP) {
      throw new IllegalArgumentException(
          "--iterations " + iterations + ": more than " + WARM_UP + " are needed to measure any");
    }
    List<Row> rows = new ArrayList<>();
    System.out.println(Row.HEADER);
    for (String privacy : new String[] {"none", "dual"}) {
      int[] sizes = privacy.equals("none") ? concatenate(nodes, unprotectedNodes) : nodes;
      for (int size : sizes) {
        Row row = run(privacy, size);
        System.out.println(row.csv());
        rows.add(row);
      }
    }
    Files.createDirectories(out);
    StringBuilder csv = new StringBuilder(Row.HEADER).append('\n');
    rows.forEach(row -> csv.append(row.csv()).append('\n'));
    Files.writeString(out.resolve("sweep.csv"), csv);
    SweepPlot.write(rows, out.resolve("sweep.png"));
    System.out.println("kept in " + out.resolve("sweep.csv") + " and sweep.png");
    return 0;
  }

  private static int[] concatenate(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private Row run(String privacy, int size) throws IOException, InterruptedException {
    Path feeder = work.resolve("feeder-" + size);
    FeederGenerator.write(
        new FeederGenerator.Options(size, FeederShape.of(shape), seed), feeder, true);
    Path results = work.resolve(privacy + "-" + size);
    Files.createDirectories(work);
    File log = work.resolve(privacy + "-" + size + ".log").toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // as the launcher does
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.dualgrid.cli.Main"));
    command.addAll(List.of("run", feeder.toString(), "--privacy", privacy, "--quiet"));
    if (privacy.equals("none")) {
      command.addAll(List.of("--qp", qp));
    }
    command.addAll(List.of("--max-iterations", Integer.toString(iterations)));
    command.addAll(List.of("--out", results.toString()));
    int code =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start().waitFor();
    if (code != 0 && code != 3) { // 3 is the limit of iterations
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + code + "; see " + log);
    }
    JsonNode summary = new ObjectMapper().readTree(results.resolve("summary.json").toFile());
    return new Row(
        privacy,
        size,
        summary.get("iterations").asInt(),
        summary.get("status").asText(),
        secondsPerIteration(results.resolve("iterations.csv")),
        summary.get("setupSeconds").asDouble(),
        summary.get("peakMemoryMb").asDouble());
  }

  /** Mean over the iterations after the warm-up. */
  private static double secondsPerIteration(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int column = Arrays.asList(lines.get(0).split(",")).indexOf("elapsedSeconds");
    int last = lines.size() - 1;
    int first = Math.min(WARM_UP, last / 2);
    return (elapsed(lines.get(last), column) - elapsed(lines.get(first), column)) / (last - first);
  }

  private static double elapsed(String line, int column) {
    return Double.parseDouble(line.split(",")[column]);
  }
}
