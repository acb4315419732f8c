package io.dualgrid.results;

import io.dualgrid.feeder.Line;
import io.dualgrid.powerflow.FlowSolution;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.powerflow.RadialFlow;
import io.dualgrid.results.ColumnsCsv.Column;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVPrinter;

/**
 * The AC power flow of a dispatch: a row for each node and step, with the line that ends in the
 * node. What is not known, as in a step whose flow does not converge, is left empty.
 */
final class AcCsv implements FileContent {
  static final String NAME = "ac.csv";
  static final List<Column> COLUMNS =
      List.of(
          new Column("node", "", "number of the node"),
          new Column("step", "1", "number of the step, from 0"),
          new Column("voltageLinDistFlowPu", "p.u.", "voltage that the dispatch was planned with"),
          new Column("voltageAcPu", "p.u.", "voltage of the AC power flow"),
          new Column("angleDegrees", "degree", "angle of that voltage against the root"),
          new Column("line", "", "the line that ends in the node, FROM-TO; empty at the root"),
          new Column("fromKw", "kW", "active power into the line at the end nearer to the root"),
          new Column("fromKvar", "kvar", "the same for reactive power"),
          new Column("toKw", "kW", "active power out of the line at the node"),
          new Column("toKvar", "kvar", "the same for reactive power"),
          new Column("lossKw", "kW", "active power lost in the line"),
          new Column("lossKvar", "kvar", "reactive power taken up by the line"),
          new Column("apparentKva", "kVA", "apparent power at the end where it is larger"),
          new Column("loading", "1", "apparentKva over the line's rating; empty without a rating"));

  private final Optional<FlowStudy> study;
  private final RowEnds ends;

  /** Of a study; without one there are no rows. */
  AcCsv(Optional<FlowStudy> study, RowEnds ends) {
    this.study = study;
    this.ends = ends;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, Tables.FORMAT);
    printer.printRecord(ends.header(COLUMNS, true));
    if (study.isPresent()) {
      for (int node = 0; node < study.get().nodeCount(); node++) {
        for (int step = 0; step < study.get().steps().size(); step++) {
          List<Object> row = new ArrayList<>(cells(study.get(), node, step));
          ends.end(row, Integer.toString(study.get().nodeId(node)), step);
          printer.printRecord(row);
        }
      }
    }
    printer.flush();
  }

  private static List<Object> cells(FlowStudy study, int node, int step) {
    FlowSolution flow = study.steps().get(step);
    Line line = study.line(node);
    boolean known = flow.converged();
    boolean onLine = known && line != null;
    return List.of(
        study.nodeId(node),
        step,
        Tables.number(study.plannedVoltagePu()[step][node]),
        number(known, flow.voltagePu()[node]),
        number(known, flow.angleDegrees()[node]),
        line == null ? "" : line.from() + "-" + line.to(),
        power(onLine, study, flow.fromKw()[node]),
        power(onLine, study, flow.fromKvar()[node]),
        power(onLine, study, flow.toKw()[node]),
        power(onLine, study, flow.toKvar()[node]),
        power(onLine, study, flow.lossKw(node)),
        power(onLine, study, flow.lossKvar(node)),
        power(onLine, study, flow.apparentKva(node)),
        number(onLine && line.isRated(), study.loading(flow, node)));
  }

  private static String power(boolean known, FlowStudy study, double value) {
    return number(known, withoutNoise(study, value));
  }

  /** A power, zero where it is below what the flow is solved to. */
  static double withoutNoise(FlowStudy study, double power) {
    return Math.abs(power) < RadialFlow.TOLERANCE * study.limits().basePowerKw() ? 0.0 : power;
  }

  private static String number(boolean known, double value) {
    return known ? Tables.number(value) : "";
  }
}
