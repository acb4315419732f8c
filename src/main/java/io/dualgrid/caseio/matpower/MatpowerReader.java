package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.matpower.script.Script;
import io.dualgrid.caseio.matpower.script.Value;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes records of the matrices of a MATPOWER case file, format version 2.
 *
 * <p>Source: MATPOWER User's Manual, appendix "MATPOWER Case Format".
 */
final class MatpowerReader {
  private static final double LARGEST_ID = 1e9;

  /** In MW, Mvar, kV, p.u. or degrees: more than any feeder has. */
  private static final double LARGEST = 1e9;

  private static final double SMALLEST_BASE = 1e-9;
  private static final double MOST_TURNS = 1000;
  private static final String NAMES = "bus_name";
  private static final Set<String> FIELDS =
      Set.of("version", "baseMVA", "bus", "gen", "branch", "gencost", NAMES);

  private static final String LIST = "write one name a bus: {'north'; 'south'}";

  /** The rows of mpc.gencost behind those of active power. */
  private static final String REACTIVE_COST = "gencost of reactive power";

  private static final String GIVE = "give a MATPOWER case file of format version 2";

  private final String file;
  private final Consumer<CaseProblem> problems;
  private final Script script;
  private boolean sound = true;

  private MatpowerReader(String file, String text, Consumer<CaseProblem> problems) {
    this.file = file;
    this.problems =
        problem -> {
          sound = false;
          problems.accept(problem);
        };
    this.script = new Script(file, text, this.problems);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   * @param text its content
   * @param problems takes everything that is wrong
   * @return empty when anything is
   */
  static Optional<MatpowerCase> read(String file, String text, Consumer<CaseProblem> problems) {
    MatpowerReader reader = new MatpowerReader(file, text, problems);
    if (!reader.sound) {
      return Optional.empty();
    }
    MatpowerCase content = reader.read();
    return reader.sound ? Optional.of(content) : Optional.empty();
  }

  private MatpowerCase read() {
    for (String field : new TreeSet<>(FIELDS)) {
      if (script.hasFields(field)) {
        problem("", "mpc." + field, "", "has fields, but must hold a value", GIVE);
      }
    }
    checkVersion();
    double baseMva = baseMva();
    Value.Matrix bus = matrix("bus", 13, true);
    Value.Matrix branch = matrix("branch", 11, true);
    Value.Matrix gen = matrix("gen", 10, true);
    Value.Matrix cost = matrix("gencost", 5, false);
    if (!sound) {
      return null;
    }
    List<MBus> buses = new ArrayList<>();
    for (int k = 0; k < bus.rows().length; k++) {
      buses.add(bus(bus.lines()[k], bus.rows()[k]));
    }
    List<MBranch> branches = new ArrayList<>();
    for (int k = 0; k < branch.rows().length; k++) {
      branches.add(branch(branch.lines()[k], branch.rows()[k]));
    }
    List<MGenerator> generators = new ArrayList<>();
    int costs = cost == null ? 0 : cost.rows().length;
    for (int k = 0; k < gen.rows().length; k++) {
      MCost own = k < costs ? cost(cost.lines()[k], cost.rows()[k]) : null;
      generators.add(generator(gen.lines()[k], gen.rows()[k], own));
    }
    checkCosts(costs, generators.size(), cost);
    Set<String> others = new TreeSet<>(script.fields());
    others.removeAll(FIELDS);
    others.removeIf(field -> isEmpty(script.field(field)));
    Set<String> texts = new TreeSet<>(others);
    texts.removeIf(field -> !isText(script.field(field)));
    others.removeAll(texts);
    if (pricesReactivePower(generators.size(), cost)) {
      others.add(REACTIVE_COST);
    }
    return new MatpowerCase(
        baseMva, buses, branches, generators, names(), texts, others, script.converted());
  }

  private void checkVersion() {
    Value version = script.field("version");
    boolean second =
        version == null
            || version instanceof Value.Text text && text.text().equals("2")
            || version instanceof Value.Matrix number && isNumber(number, 2);
    if (!second) {
      problem(
          "",
          "mpc.version",
          version instanceof Value.Text text ? text.text() : "",
          "is not format version 2",
          "convert it in MATPOWER: savecase('new.m', loadcase('old.m'))");
    }
  }

  private static boolean isNumber(Value.Matrix matrix, double value) {
    return matrix.rows().length == 1
        && matrix.rows()[0].length == 1
        && matrix.rows()[0][0] == value;
  }

  private double baseMva() {
    if (script.field("baseMVA") instanceof Value.Matrix base
        && base.rows().length == 1
        && base.rows()[0].length == 1
        && base.rows()[0][0] > 0) {
      double mva = base.rows()[0][0];
      if (mva < SMALLEST_BASE || mva > LARGEST) {
        problem(
            "", "mpc.baseMVA", Double.toString(mva), "is no base of a feeder", "write it in MVA");
      }
      return mva;
    }
    problem("", "mpc.baseMVA", "", "is missing or not positive", "write the base in MVA");
    return Double.NaN;
  }

  private Value.Matrix matrix(String field, int least, boolean needed) {
    Value value = script.field(field);
    if (!(value instanceof Value.Matrix matrix)) {
      if (needed || value != null) {
        problem("", "mpc." + field, "", value == null ? "is missing" : "is no matrix", GIVE);
      }
      return null;
    }
    for (int k = 0; k < matrix.rows().length; k++) {
      if (matrix.rows()[k].length < least) {
        problem(
            "row " + matrix.lines()[k],
            "mpc." + field,
            "",
            matrix.rows()[k].length + " columns, at least " + least + " are needed",
            "complete the row; see the case format of MATPOWER");
      }
      for (double cell : matrix.rows()[k]) {
        if (Double.isNaN(cell)) {
          problem(
              "row " + matrix.lines()[k],
              "mpc." + field,
              "",
              "has a value that is no number",
              "correct the row, or the arithmetic that leads to it");
          break;
        }
      }
    }
    return matrix;
  }

  private MBus bus(int line, double[] row) {
    int id = id(line, "bus_i", row[0]);
    int type = (int) row[1];
    if (row[1] != type || type < 1 || type > 4) {
      problem(
          "row " + line + " (bus " + id + ")",
          "type",
          NumberText.show(row[1]),
          "unknown type of bus",
          "write 1, 2, 3 or 4");
    }
    String[] names = {"Pd", "Qd", "Gs", "Bs", null, "Vm", null, "baseKV"};
    for (int k = 0; k < names.length; k++) {
      if (names[k] != null) {
        finite("row " + line + " (bus " + id + ")", names[k], row[2 + k]);
      }
    }
    return new MBus(
        line, id, type, row[2], row[3], row[4], row[5], row[7], row[9], row[11], row[12]);
  }

  private MBranch branch(int line, double[] row) {
    MBranch branch =
        new MBranch(
            line,
            id(line, "fbus", row[0]),
            id(line, "tbus", row[1]),
            row[2],
            row[3],
            row[4],
            Double.isInfinite(row[5]) ? 0 : row[5],
            row[8],
            row[9],
            row[10] != 0);
    if (!branch.inService()) {
      return branch;
    }
    for (int k = 2; k < 4; k++) {
      if (row[k] < 0) {
        problem(
            branch.place(),
            k == 2 ? "r" : "x",
            NumberText.show(row[k]),
            "must not be negative",
            "correct it; series capacitors are not a part of the model");
      } else {
        finite(branch.place(), k == 2 ? "r" : "x", row[k]);
      }
    }
    finite(branch.place(), "b", row[4]);
    finite(branch.place(), "angle", row[9]);
    if (row[5] < 0) {
      problem(branch.place(), "rateA", NumberText.show(row[5]), "is negative", "write 0 for none");
    } else {
      finite(branch.place(), "rateA", branch.ratingMva());
    }
    if (row[8] != 0 && !(row[8] >= 1 / MOST_TURNS && row[8] <= MOST_TURNS)) {
      problem(
          branch.place(), "ratio", NumberText.show(row[8]), "is no ratio", "write 0 for a line");
    }
    return branch;
  }

  private MGenerator generator(int line, double[] row, MCost cost) {
    finite("row " + line, "Pg", row[1]);
    finite("row " + line, "Vg", row[5]);
    return new MGenerator(
        line,
        id(line, "bus", row[0]),
        row[1],
        row[3],
        row[4],
        row[5],
        row[7] > 0,
        row[8],
        row[9],
        cost);
  }

  private MCost cost(int line, double[] row) {
    double model = row[0];
    double count = row[3];
    // in doubles: a count may be any number of the file
    double values = model == MCost.PIECEWISE ? 2 * count : count;
    if (model != MCost.PIECEWISE && model != MCost.POLYNOMIAL
        || count < 1
        || count != Math.rint(count)
        || row.length < 4 + values) {
      problem(
          "row " + line,
          "mpc.gencost",
          "",
          "is neither a polynomial nor a chain of points",
          "write 2 0 0 2 c1 c0, with c1 per MWh");
      return null;
    }
    for (int k = 4; k < 4 + (int) values; k++) {
      finite("row " + line, "mpc.gencost", row[k]);
    }
    return new MCost(line, (int) model, (int) count, Arrays.copyOfRange(row, 4, 4 + (int) values));
  }

  /** One row a generator, or as many again for reactive power, which has no price here. */
  private void checkCosts(int costs, int generators, Value.Matrix cost) {
    if (costs > 0 && costs != generators && costs != 2 * generators) {
      problem(
          "row " + cost.lines()[0],
          "mpc.gencost",
          "",
          costs + " rows for " + generators + " generators",
          "write one row a generator");
    }
  }

  /** Whether the second half of gencost, which is about reactive power, is more than zeros. */
  private static boolean pricesReactivePower(int generators, Value.Matrix cost) {
    if (cost == null || cost.rows().length != 2 * generators) {
      return false;
    }
    return Arrays.stream(cost.rows(), generators, cost.rows().length)
        .flatMapToDouble(row -> Arrays.stream(row, 4, row.length))
        .anyMatch(value -> value != 0);
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.Matrix matrix && matrix.rows().length == 0
        || value instanceof Value.Cells cells && cells.elements().isEmpty();
  }

  private static boolean isText(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Cells cells
            && cells.elements().stream().allMatch(MatpowerReader::isText);
  }

  /** MATPOWER's own form is one name a row; of a single row it reads the elements in order. */
  private List<String> names() {
    Value field = script.field(NAMES);
    List<String> names = new ArrayList<>();
    if (field == null || isEmpty(field)) {
      return names;
    }
    if (!(field instanceof Value.Cells cells)) {
      problem("", "mpc." + NAMES, "", "is no list of names", LIST);
      return names;
    }
    int columns = cells.rows().get(0).size();
    if (cells.rows().size() > 1 && columns > 1) {
      problem(
          "row " + cells.lines().get(0),
          "mpc." + NAMES,
          "",
          "has " + cells.rows().size() + " rows and " + columns + " columns, not one name a row",
          LIST);
    }
    for (int k = 0; k < cells.rows().size(); k++) {
      for (Value cell : cells.rows().get(k)) {
        if (cell instanceof Value.Text text) {
          names.add(text.text());
        } else {
          problem(
              "row " + cells.lines().get(k),
              "mpc." + NAMES,
              "",
              "has a name that is no text",
              LIST);
        }
      }
    }
    return names;
  }

  private int id(int line, String field, double value) {
    if (value != Math.rint(value) || value < 0 || value > LARGEST_ID) {
      problem("row " + line, field, NumberText.show(value), "must be a whole number", "correct it");
    }
    return (int) value;
  }

  private void finite(String place, String field, double value) {
    if (Double.isInfinite(value)) {
      problem(place, field, Double.toString(value), "is not a finite number", "write the figure");
    } else if (Math.abs(value) > LARGEST) {
      problem(
          place,
          field,
          Double.toString(value),
          "is beyond 1e9, more than any feeder has",
          "correct the figure, or the arithmetic that leads to it");
    }
  }

  private void problem(String place, String field, String value, String message, String remedy) {
    problems.accept(new CaseProblem(file, place, field, value, message, remedy));
  }
}
