package io.dualgrid.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.run.Baseline;
import io.dualgrid.run.CentralResult;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVPrinter;

/**
 * The files of a comparison of sites for themselves with sites together: {@code summary.json},
 * {@code baseline.csv}, {@code costs.csv}, {@code energy.csv} and {@code columns.csv}, the tables
 * of sites for themselves.
 */
public final class BaselineFiles {
  static final String NAME = "baseline.csv";
  private static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column("cost", "currency", "what its day costs the site for itself"),
          new Column("bought", "kWh", "energy it buys from the grid above"),
          new Column("sold", "kWh", "energy it sells to the grid above"));
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Baseline alone;
  private final CentralResult together;
  private final GridCase gridCase;
  private final RowEnds ends;
  private final Answers aloneAnswers;
  private final Answers togetherAnswers;

  /**
   * Of both.
   *
   * @param alone all sites served
   * @param together solved
   * @param gridCase what was solved
   */
  public BaselineFiles(Baseline alone, CentralResult together, GridCase gridCase) {
    this.alone = alone;
    this.together = together;
    this.gridCase = gridCase;
    ends = RowEnds.of(gridCase, together.steps());
    aloneAnswers = new Answers(alone.dispatch(), alone.costs(), gridCase, together.steps());
    togetherAnswers =
        new Answers(together.dispatch(), together.costs(), gridCase, together.steps());
  }

  /**
   * Writes them.
   *
   * @param notices for people
   * @throws ResultException when they cannot be written
   */
  public void write(ResultFolder folder, List<String> notices) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(NAME, this::writeSites);
    files.put(CostsCsv.NAME, new CostsCsv(aloneAnswers.costSeries(), ends));
    files.put(EnergyCsv.NAME, new EnergyCsv(aloneAnswers.uses(), ends));
    files.put(
        ColumnsCsv.NAME,
        new ColumnsCsv(
            new TreeMap<>(
                Map.of(
                    NAME,
                    ends.columns(COLUMNS, false),
                    CostsCsv.NAME,
                    ends.columns(CostsCsv.COLUMNS, true),
                    EnergyCsv.NAME,
                    ends.columns(EnergyCsv.COLUMNS, false)))));
    files.put(
        Summary.NAME,
        out -> out.write(MAPPER.writeValueAsString(summary(notices)).replace("\r\n", "\n") + "\n"));
    folder.exchange(files);
  }

  private ObjectNode summary(List<String> notices) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("case", together.caseName());
    aloneAnswers.putCurrency(root);
    root.put("baselineCost", alone.totalCost());
    root.put("coordinatedCost", together.totalCost());
    root.put("valueOfCoordination", alone.totalCost() - together.totalCost());
    aloneAnswers.putInto(root.putObject("baseline"));
    togetherAnswers.putInto(root.putObject("coordinated"));
    notices.forEach(root.putArray("notices")::add);
    return root;
  }

  /** Costs in currency by {@link io.dualgrid.device.CostPart} of both: alone, then together. */
  public Map<String, double[]> costs() {
    return pairs(aloneAnswers.costs(), togetherAnswers.costs());
  }

  /** Energy of both, by name as in the summary of a run: alone, then together. */
  public Map<String, double[]> energy() {
    return pairs(aloneAnswers.energy(), togetherAnswers.energy());
  }

  private static Map<String, double[]> pairs(Map<String, Double> one, Map<String, Double> other) {
    Map<String, double[]> pairs = new LinkedHashMap<>();
    one.forEach((name, value) -> pairs.put(name, new double[] {value, 0.0}));
    other.forEach(
        (name, value) -> pairs.computeIfAbsent(name, ignored -> new double[2])[1] = value);
    return pairs;
  }

  private void writeSites(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, false));
    double stepHours = gridCase.limits().horizonHours() / together.steps();
    Noise noise = Noise.of(gridCase, together.steps());
    for (Map.Entry<Integer, CentralResult> site : alone.sites().entrySet()) {
      GridExchange exchange =
          GridExchange.of(noise.ofDispatch(site.getValue().dispatch()), stepHours);
      List<Object> row = new ArrayList<>();
      row.add(site.getKey());
      row.add(Tables.number(noise.ofCost(site.getValue().totalCost())));
      row.add(Tables.number(exchange.boughtKwh()));
      row.add(Tables.number(exchange.soldKwh()));
      ends.end(row, site.getKey().toString());
      printer.printRecord(row);
    }
    printer.flush();
  }
}
