package io.dualgrid.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.problem.JsonFault;
import io.dualgrid.results.AcTable;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.RunTables;
import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The files of a run, read back.
 *
 * @param folder where they are
 * @param summary content of summary.json
 * @param network content of network.json
 * @param iterations columns of iterations.csv, NaN for an empty field; no columns after a central
 *     solve, which has no such file
 * @param dispatch series of dispatch.csv
 * @param prices series of prices.csv; none where there is no such file, or no row in it
 * @param costs series of costs.csv, by part; none where there is no such file, or no row in it
 * @param ac what ac.csv holds; nothing where there is no such file, or no row in it
 */
public record RunFolder(
    Path folder,
    JsonNode summary,
    JsonNode network,
    Map<String, double[]> iterations,
    List<DispatchSeries> dispatch,
    List<DispatchSeries> prices,
    List<DispatchSeries> costs,
    Optional<AcTable> ac) {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /**
   * Reads a folder that a run has written.
   *
   * @throws ResultInputException when a file is missing or not what a run writes; names file and
   *     place
   */
  public static RunFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ResultInputException(
          "there is no folder " + folder + "; give one that run --out has written", null);
    }
    return new RunFolder(
        folder,
        json(folder.resolve("summary.json")),
        json(folder.resolve("network.json")),
        iterations(folder.resolve("iterations.csv")),
        dispatch(folder.resolve("dispatch.csv")),
        seriesIfAny(folder.resolve("prices.csv"), false, "quantity"),
        seriesIfAny(folder.resolve("costs.csv"), true, "part"),
        ac(folder.resolve("ac.csv")));
  }

  /**
   * The same of files that are about to be written.
   *
   * @param folder where they will be
   * @param files by name
   * @param tables what the large ones among them hold
   */
  static RunFolder of(Path folder, Map<String, FileContent> files, RunTables tables)
      throws IOException {
    String iterations = "iterations.csv";
    return new RunFolder(
        folder,
        new ObjectMapper().readTree(text(files.get("summary.json"))),
        new ObjectMapper().readTree(text(files.get("network.json"))),
        files.containsKey(iterations)
            ? iterations(folder.resolve(iterations), new StringReader(text(files.get(iterations))))
            : Map.of(),
        tables.dispatch(),
        tables.prices(),
        tables.costs(),
        tables.ac());
  }

  /** The beginnings of steps in hours, and the end of the last one. */
  double[] hours(int steps) {
    double[] hours = new double[steps + 1];
    for (int t = 0; t < hours.length; t++) {
      hours[t] = t * network.path("stepHours").asDouble(1.0);
    }
    return hours;
  }

  private static JsonNode json(Path file) {
    requireFile(file);
    try {
      JsonNode node = new ObjectMapper().readTree(Files.readAllBytes(file));
      if (!node.isObject()) {
        throw new ResultInputException(file + " does not hold a JSON object", null);
      }
      return node;
    } catch (JsonProcessingException e) {
      String place = JsonFault.place(e);
      throw new ResultInputException(
          file
              + (place.isEmpty() ? "" : ": " + place)
              + ": is not valid JSON: "
              + JsonFault.reason(e)
              + "; write it anew with run --out",
          e);
    } catch (IOException e) {
      throw new ResultInputException("cannot read " + file + ": " + DiskFailure.reason(e), e);
    }
  }

  private static Map<String, double[]> iterations(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      return iterations(file, reader);
    } catch (IOException e) {
      throw new ResultInputException("cannot read " + file + ": " + DiskFailure.reason(e), e);
    }
  }

  private static Map<String, double[]> iterations(Path file, Reader reader) throws IOException {
    try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      List<CSVRecord> rows = parser.getRecords();
      Map<String, double[]> columns = new LinkedHashMap<>();
      for (String name : parser.getHeaderNames()) {
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = number(file, rows.get(i), name);
        }
        columns.put(name, values);
      }
      return columns;
    }
  }

  private static String text(FileContent content) throws IOException {
    StringWriter out = new StringWriter();
    content.writeTo(out);
    return out.toString();
  }

  private static List<DispatchSeries> dispatch(Path file) {
    requireFile(file);
    return series(file, true, "quantity");
  }

  private static List<DispatchSeries> seriesIfAny(Path file, boolean devices, String quantity) {
    return Files.exists(file) ? series(file, devices, quantity) : List.of();
  }

  // Prices are those of nodes as a whole, which a table of devices calls bus.
  private static List<DispatchSeries> series(Path file, boolean devices, String quantity) {
    Map<List<String>, TreeMap<Integer, Double>> found = new LinkedHashMap<>();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      for (CSVRecord row : parser) {
        List<String> key =
            List.of(
                text(file, row, "node"),
                devices ? text(file, row, "device") : "bus",
                text(file, row, quantity),
                text(file, row, "unit"));
        found
            .computeIfAbsent(key, ignored -> new TreeMap<>())
            .put((int) number(file, row, "step"), number(file, row, "value"));
      }
    } catch (IOException e) {
      throw new ResultInputException("cannot read " + file + ": " + DiskFailure.reason(e), e);
    }
    List<DispatchSeries> series = new ArrayList<>();
    found.forEach(
        (key, values) ->
            series.add(
                new DispatchSeries(
                    key.get(0), key.get(1), key.get(2), key.get(3), values(values))));
    return series;
  }

  private static Optional<AcTable> ac(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, TreeMap<Integer, Double>> voltages = new LinkedHashMap<>();
    TreeMap<Integer, Double> losses = new TreeMap<>();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      for (CSVRecord row : parser) {
        int step = (int) number(file, row, "step");
        voltages
            .computeIfAbsent(text(file, row, "node"), ignored -> new TreeMap<>())
            .put(step, number(file, row, "voltageAcPu"));
        if (!text(file, row, "line").isEmpty()) {
          losses.merge(step, number(file, row, "lossKw"), Double::sum);
        }
      }
    } catch (IOException e) {
      throw new ResultInputException("cannot read " + file + ": " + DiskFailure.reason(e), e);
    }
    Map<String, double[]> voltagePu = new LinkedHashMap<>();
    voltages.forEach((node, values) -> voltagePu.put(node, values(values)));
    return voltagePu.isEmpty()
        ? Optional.empty()
        : Optional.of(new AcTable(voltagePu, values(losses)));
  }

  private static double[] values(TreeMap<Integer, Double> byStep) {
    return byStep.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String text(Path file, CSVRecord row, String column) {
    if (!row.isSet(column)) {
      throw new ResultInputException(
          file + ": row " + (row.getRecordNumber() + 1) + " has no column " + column, null);
    }
    return row.get(column);
  }

  private static double number(Path file, CSVRecord row, String column) {
    String text = text(file, row, column);
    try {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new ResultInputException(
          file
              + ": row "
              + (row.getRecordNumber() + 1)
              + ": "
              + column
              + " = "
              + text
              + " is not a number",
          e);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ResultInputException(
          "there is no "
              + file.getFileName()
              + " in "
              + file.toAbsolutePath().getParent()
              + "; give a folder that run --out has written",
          null);
    }
  }
}
