package io.dualgrid.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.results.Labels;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How a run goes, a JSON object a line with {@code time} (ISO 8601, UTC) and {@code event}. A disk
 * that does not take a line ends the log, not the run. What is not a number is left out.
 */
final class RunLog implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Consumer<String> warnings;
  private Writer lines;

  private RunLog(Writer lines, Consumer<String> warnings) {
    this.lines = lines;
    this.warnings = warnings;
  }

  /** A log that nobody reads. */
  static RunLog none() {
    return new RunLog(null, warning -> {});
  }

  /**
   * Adds to a file, which its owner alone reads.
   *
   * @param warnings told when the disk takes no more
   * @throws IOException when it cannot be written
   */
  static RunLog to(Path file, Consumer<String> warnings) throws IOException {
    try {
      Files.createFile(file, OwnerOnly.file());
    } catch (FileAlreadyExistsException e) {
      // of an earlier run
    }
    return new RunLog(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND), warnings);
  }

  /** The settings, as they are resolved. */
  void begin(GridCase gridCase, RunSettings settings) {
    if (lines == null) {
      return;
    }
    ObjectNode line = line("run");
    line.put("case", gridCase.name());
    line.put("nodes", gridCase.nodes().size());
    ObjectNode all = line.putObject("settings");
    RunReport.settings(gridCase, settings, null).fields().forEach(all::put);
    write(line);
  }

  /** An observer that logs what it sees, and shows it to another. */
  RunObserver before(RunObserver shown) {
    return new RunObserver() {
      @Override
      public void started(double setupSeconds) {
        ObjectNode line = line("setup");
        number(line, "seconds", setupSeconds);
        write(line);
        shown.started(setupSeconds);
      }

      @Override
      public void iteration(IterationRecord record) {
        write(line(record));
        shown.iteration(record);
      }

      @Override
      public boolean cancelled() {
        return shown.cancelled();
      }
    };
  }

  /** A notice to whoever started the run. */
  void notice(String text) {
    write(line("notice").put("message", text));
  }

  /** How the run has ended. */
  void end(RunResult result) {
    ObjectNode line = line("end");
    line.put("status", Labels.of(result.status()));
    line.put("iterations", result.iterations());
    number(line, "totalCost", result.totalCost());
    write(line);
  }

  /** There will be no result, or none that can be kept. */
  void failed(String message) {
    write(line("failed").put("message", message));
  }

  @Override
  public void close() {
    if (lines != null) {
      try {
        lines.close();
      } catch (IOException e) {
        // each line has been flushed or told as lost
      }
    }
  }

  private static ObjectNode line(String event) {
    return MAPPER.createObjectNode().put("time", Instant.now().toString()).put("event", event);
  }

  private static ObjectNode line(IterationRecord record) {
    ObjectNode line = line("iteration");
    line.put("iteration", record.iteration());
    number(line, "elapsedSeconds", record.elapsedSeconds());
    number(line, "primalResidual", record.primalResidual());
    number(line, "dualResidual", record.dualResidual());
    number(line, "cost", record.cost());
    number(line, "lowerBound", record.lowerBound());
    number(line, "penalty", record.penalty());
    ObjectNode steps = line.putObject("stepSeconds");
    Map<String, Double> sorted = new TreeMap<>();
    record.stepSeconds().forEach((step, seconds) -> sorted.put(Labels.of(step), seconds));
    sorted.forEach((step, seconds) -> number(steps, step, seconds));
    return line;
  }

  private static void number(ObjectNode line, String name, double value) {
    if (Double.isFinite(value)) {
      line.put(name, value);
    }
  }

  private void write(ObjectNode line) {
    if (lines == null) {
      return;
    }
    try {
      lines.write(line + "\n");
      lines.flush();
    } catch (IOException e) {
      close();
      lines = null;
      warnings.accept("the log ends here: " + DiskFailure.reason(e));
    }
  }
}
