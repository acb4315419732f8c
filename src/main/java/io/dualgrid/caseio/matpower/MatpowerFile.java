package io.dualgrid.caseio.matpower;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a MATPOWER case file, format version 2: matrices, numbers and texts assigned to
 * fields of mpc. Of the MATLAB code that may follow, only the two conversions that the distribution
 * cases of MATPOWER end with are understood: impedances from ohm to per unit, and loads from kW to
 * MW. Any other statement is a problem, as it could change the data.
 */
final class MatpowerFile {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("mpc\\.(\\w+)\\s*=\\s*(.*)", Pattern.DOTALL);
  private static final Set<String> HARMLESS =
      Set.of(
          "define_constants",
          "Vbase=mpc.bus(1BASE_KV)*1e3",
          "Vbase=mpc.bus(110)*1e3",
          "Sbase=mpc.baseMVA*1e6",
          "end",
          "return");
  private static final Set<String> OHM_TO_PER_UNIT =
      Set.of(
          "mpc.branch(:[BR_RBR_X])=mpc.branch(:[BR_RBR_X])/(Vbase^2/Sbase)",
          "mpc.branch(:[34])=mpc.branch(:[34])/(Vbase^2/Sbase)");
  private static final Set<String> KW_TO_MW =
      Set.of(
          "mpc.bus(:[PDQD])=mpc.bus(:[PDQD])/1e3",
          "mpc.bus(:[34])=mpc.bus(:[34])/1e3",
          "mpc.bus(:[PDQD])=mpc.bus(:[PDQD])/1000",
          "mpc.bus(:[34])=mpc.bus(:[34])/1000");

  /**
   * One row of a matrix.
   *
   * @param line of the file, from one
   * @param values as many as the row has
   */
  record Row(int line, double[] values) {}

  private final String file;
  private final Consumer<CaseProblem> problems;
  private final Map<String, List<Row>> matrices = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private boolean impedancesInOhm;
  private boolean loadsInKw;

  /**
   * Reads a file.
   *
   * @param text its content
   * @param problems takes what cannot be understood
   */
  MatpowerFile(String file, String text, Consumer<CaseProblem> problems) {
    this.file = file;
    this.problems = problems;
    for (Statement statement : statements(text)) {
      read(statement);
    }
  }

  /** A matrix, or null. */
  List<Row> matrix(String field) {
    return matrices.get(field);
  }

  /** A number, or null. */
  Double number(String field) {
    return numbers.get(field);
  }

  /** A text, or null. */
  String text(String field) {
    return texts.get(field);
  }

  /** The texts of a cell array; none when there is no such field. */
  List<String> list(String field) {
    return lists.getOrDefault(field, List.of());
  }

  /** Names of all fields of mpc. */
  Set<String> fields() {
    Set<String> fields = new java.util.TreeSet<>(matrices.keySet());
    fields.addAll(numbers.keySet());
    fields.addAll(texts.keySet());
    fields.addAll(lists.keySet());
    return fields;
  }

  /** Whether r and x of the branches are in ohm and were to be converted. */
  boolean impedancesInOhm() {
    return impedancesInOhm;
  }

  /** Whether Pd and Qd of the buses are in kW and kvar and were to be converted. */
  boolean loadsInKw() {
    return loadsInKw;
  }

  private record Statement(int line, String text) {}

  /**
   * The statements without comments, continued lines joined. Inside brackets a line end stays a
   * line end, as it ends a row.
   */
  private static List<Statement> statements(String text) {
    List<Statement> statements = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int start = 1;
    int depth = 0;
    int line = 0;
    boolean block = false;
    for (String whole : text.split("\\R", -1)) {
      line++;
      String trimmed = whole.strip();
      if (trimmed.equals("%{") || trimmed.equals("%}")) {
        block = trimmed.equals("%{");
        current.append(depth > 0 ? "\n" : "");
        continue;
      }
      String code = block ? "" : withoutComment(whole);
      boolean continued = code.stripTrailing().endsWith("...");
      if (continued) {
        code = code.substring(0, code.lastIndexOf("..."));
      }
      boolean quoted = false;
      for (char c : code.toCharArray()) {
        quoted ^= c == '\'';
        if (!quoted && (c == '[' || c == '{' || c == '(')) {
          depth++;
        } else if (!quoted && (c == ']' || c == '}' || c == ')')) {
          depth--;
        }
        if (c == ';' && depth == 0 && !quoted) {
          add(statements, start, current);
          start = line;
        } else {
          if (current.toString().isBlank() && !Character.isWhitespace(c)) {
            start = line;
          }
          current.append(c);
        }
      }
      if (depth > 0 && !continued) {
        current.append('\n');
      } else if (depth == 0 && !continued) {
        add(statements, start, current);
        start = line + 1;
      }
    }
    add(statements, start, current);
    return statements;
  }

  private static void add(List<Statement> statements, int line, StringBuilder current) {
    if (!current.toString().isBlank()) {
      String text = current.toString();
      // line numbers of rows count from the first line of the statement
      statements.add(new Statement(line, text.replaceFirst("^[ \\t\\n]+", "")));
    }
    current.setLength(0);
  }

  private static String withoutComment(String line) {
    boolean quoted = false;
    for (int k = 0; k < line.length(); k++) {
      char c = line.charAt(k);
      quoted ^= c == '\'';
      if (!quoted && (c == '%' || c == '#')) {
        return line.substring(0, k);
      }
    }
    return line;
  }

  private void read(Statement statement) {
    String text = statement.text().strip();
    String canonical = text.replaceAll("[\\s,]+", "");
    if (text.matches("(?s)function\\s+mpc\\s*=\\s*\\w+(\\s*\\(\\s*\\))?")
        || HARMLESS.contains(canonical)
        || text.matches("(?s)\\[[\\w\\s,]*\\]\\s*=\\s*idx_\\w+")) {
      return;
    }
    if (OHM_TO_PER_UNIT.contains(canonical)) {
      impedancesInOhm = true;
      return;
    }
    if (KW_TO_MW.contains(canonical)) {
      loadsInKw = true;
      return;
    }
    if (text.startsWith("function")) {
      problem(
          statement.line(),
          text,
          "is not a case file of format version 2",
          "convert it in MATPOWER: savecase('new.m', loadcase('old.m'))");
      return;
    }
    Matcher assignment = ASSIGNMENT.matcher(text);
    if (!assignment.matches()) {
      problem(
          statement.line(),
          text,
          "is a statement that is not understood",
          "write the data as MATPOWER saves it: savecase('new.m', loadcase('old.m'))");
      return;
    }
    assign(statement.line(), assignment.group(1), assignment.group(2).strip());
  }

  private void assign(int line, String field, String value) {
    if (value.startsWith("[") && value.endsWith("]")) {
      matrices.put(field, rows(line, field, value.substring(1, value.length() - 1)));
    } else if (value.startsWith("{") && value.endsWith("}")) {
      List<String> texts = new ArrayList<>();
      Matcher matcher = Pattern.compile("'((?:[^']|'')*)'").matcher(value);
      while (matcher.find()) {
        texts.add(matcher.group(1).replace("''", "'"));
      }
      lists.put(field, texts);
    } else if (value.matches("'[^']*'|\"[^\"]*\"")) {
      texts.put(field, value.substring(1, value.length() - 1));
    } else {
      OptionalDouble number = NumberText.parse(value);
      if (number.isPresent()) {
        numbers.put(field, number.getAsDouble());
      } else {
        problem(
            line,
            "mpc." + field + " = " + value,
            "is a statement that is not understood",
            "write the data as MATPOWER saves it: savecase('new.m', loadcase('old.m'))");
      }
    }
  }

  private List<Row> rows(int line, String field, String body) {
    List<Row> rows = new ArrayList<>();
    int current = line;
    for (String physical : body.split("\n", -1)) {
      for (String text : physical.split(";")) {
        if (!text.isBlank()) {
          rows.add(new Row(current, values(current, field, text)));
        }
      }
      current++;
    }
    return rows;
  }

  private double[] values(int line, String field, String text) {
    String[] cells = text.strip().split("[\\s,]+");
    double[] values = new double[cells.length];
    for (int k = 0; k < cells.length; k++) {
      OptionalDouble value = NumberText.parse(cells[k]);
      if (cells[k].matches("[+]?[Ii]nf")) {
        value = OptionalDouble.of(Double.POSITIVE_INFINITY);
      } else if (cells[k].matches("-[Ii]nf")) {
        value = OptionalDouble.of(Double.NEGATIVE_INFINITY);
      }
      if (value.isEmpty()) {
        problem(
            line,
            cells[k],
            NumberText.complaint(cells[k]) + ", in mpc." + field,
            NumberText.remedy(cells[k]));
      }
      values[k] = value.orElse(0);
    }
    return values;
  }

  private void problem(int line, String value, String message, String remedy) {
    problems.accept(new CaseProblem(file, "row " + line, "", value, message, remedy));
  }
}
