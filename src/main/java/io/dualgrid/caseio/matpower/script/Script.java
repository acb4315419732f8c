package io.dualgrid.caseio.matpower.script;

import io.dualgrid.problem.CaseProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A MATPOWER case file run from its first statement to its last, as MATPOWER would: what counts is
 * what the fields hold at the end. A statement outside the whitelist is a problem with its row.
 */
public final class Script {
  private static final int MOST_TOLD = 1000;

  private final String file;
  private final Consumer<CaseProblem> problems;
  private final Map<String, Value> variables = new HashMap<>();
  private final Evaluator evaluator;
  private final String text;
  private String[] lines; // split once one is told
  private int told;
  private CaseProblem last;
  private String output = "mpc";
  private boolean converted;

  /**
   * Runs a file.
   *
   * @param text its content
   * @param problems takes what cannot be followed
   */
  public Script(String file, String text, Consumer<CaseProblem> problems) {
    this.file = file;
    this.problems = problems;
    this.text = text;
    this.evaluator = new Evaluator(variables, this::tell);
    try {
      run(new Parser(Lexer.tokens(text)).statements());
    } catch (ScriptException e) {
      tell(e);
    }
  }

  private void run(List<Statement> statements) {
    boolean begun = false;
    boolean ended = false;
    for (Statement statement : statements) {
      if (told > MOST_TOLD) {
        return; // each would be refused for what is refused above
      }
      if (statement instanceof Statement.Function function) {
        // a further function is never called, as no call of one is followed
        if (begun || !head(function)) {
          return;
        }
        begun = true;
      } else if (ended) {
        tell(new ScriptException(statement.line(), "", "stands behind the end of the function"));
        return;
      } else if (statement instanceof Statement.Return) {
        ended = true;
      } else {
        execute(statement);
      }
    }
  }

  /** Takes the head of the file; false for what is no case file of this version. */
  private boolean head(Statement.Function function) {
    if (function.outputs().size() != 1) {
      tell(
          new ScriptException(
              function.line(),
              "function [" + String.join(", ", function.outputs()) + "]",
              "is a case of format version 1",
              "convert it in MATPOWER: savecase('new.m', loadcase('old.m'))"));
      return false;
    }
    output = function.outputs().get(0);
    return true;
  }

  private void execute(Statement statement) {
    try {
      if (statement instanceof Statement.Assignment assignment) {
        assign(assignment);
      } else if (statement instanceof Statement.Constants constants) {
        define(constants);
      } else if (statement instanceof Statement.AllConstants all) {
        Columns.all().forEach((name, value) -> put(name, value, all.line()));
      } else if (statement instanceof Statement.Refused refused) {
        throw new ScriptException(
            refused.line(), refused.text(), refused.message(), refused.remedy());
      }
    } catch (ScriptException e) {
      tell(e);
    }
  }

  private void define(Statement.Constants constants) {
    List<Double> values = Columns.of(constants.function());
    if (values == null || constants.names().size() > values.size()) {
      throw new ScriptException(
          constants.line(), constants.function(), "is not a function that is known");
    }
    for (int k = 0; k < constants.names().size(); k++) {
      put(constants.names().get(k), values.get(k), constants.line());
    }
  }

  private void put(String name, double value, int line) {
    variables.put(name, Value.Matrix.of(value, line));
  }

  private void assign(Statement.Assignment assignment) {
    Value value = evaluator.evaluate(assignment.value());
    if (assignment.index() == null) {
      variables.put(assignment.path(), value);
      return;
    }
    if (!(variables.get(assignment.path()) instanceof Value.Matrix target)
        || !(value instanceof Value.Matrix source)) {
      throw new ScriptException(
          assignment.line(), assignment.path() + "(…)", "is not a matrix that is known here");
    }
    evaluator.charge(target.elements(), assignment.line());
    Value.Matrix changed = target.copy();
    int[][] selection = evaluator.selection(changed, assignment.index(), assignment.line());
    boolean fits =
        source.isScalar()
            || source.rows().length == selection[0].length
                && source.columns() == selection[1].length;
    if (!fits) {
      throw new ScriptException(
          assignment.line(), assignment.path() + "(…)", "is given a matrix of another size");
    }
    evaluator.charge((long) selection[0].length * selection[1].length, assignment.line());
    for (int i = 0; i < selection[0].length; i++) {
      for (int j = 0; j < selection[1].length; j++) {
        changed.rows()[selection[0][i]][selection[1][j]] =
            source.isScalar() ? source.rows()[0][0] : source.rows()[i][j];
      }
    }
    variables.put(assignment.path(), changed);
    converted = true;
  }

  /** The value of a field of the case, or null. */
  public Value field(String name) {
    return variables.get(output + "." + name);
  }

  /** Whether code in the file has changed a part of a matrix. */
  public boolean converted() {
    return converted;
  }

  /** The names of all fields of the case, of fields within fields the outer one. */
  public Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    String prefix = output + ".";
    for (String path : variables.keySet()) {
      if (path.startsWith(prefix)) {
        fields.add(path.substring(prefix.length()).replaceFirst("\\..*", ""));
      }
    }
    return fields;
  }

  private void tell(ScriptException e) {
    String value = e.value().isEmpty() ? lineOf(e) : e.value();
    CaseProblem problem =
        new CaseProblem(file, "row " + e.line(), "", value, e.getMessage(), e.remedy());
    if (!problem.equals(last)) { // each of the elements of a row may have the same fault
      told++;
      last = problem;
      problems.accept(problem);
    }
  }

  private String lineOf(ScriptException e) {
    if (lines == null) {
      lines = text.split("\\R", -1);
    }
    return lines[Math.min(e.line(), lines.length) - 1].strip();
  }
}
