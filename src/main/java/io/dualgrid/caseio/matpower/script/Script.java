package io.dualgrid.caseio.matpower.script;

import io.dualgrid.problem.CaseProblem;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A MATPOWER case file run from its first statement to its last, as MATPOWER would: what counts is
 * what the fields hold at the end. A statement outside the whitelist is a problem with its row.
 */
public final class Script {
  private static final int MOST_TOLD = 1000;

  private final String file;
  private final Consumer<CaseProblem> problems;
  private final Variables variables = new Variables();
  private final Evaluator evaluator;
  private final String text;
  private int[] lineStarts; // found once a line is told; as strings they would fill the memory
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
      List<Token> tokens = Lexer.tokens(text);
      run(new Parser(tokens).statements(), FunctionEnds.in(tokens));
    } catch (ScriptException e) {
      tell(e);
    }
  }

  private void run(List<Statement> statements, boolean functionsEnd) {
    boolean begun = false;
    boolean ended = false;
    int at = 0;
    for (Statement statement : statements) {
      if (told > MOST_TOLD) {
        return; // each would be refused for what is refused above
      }
      if (statement instanceof Statement.Function function && !begun) {
        if (at > 0) {
          tell(new ScriptException(function.line(), "", "is a function inside a script"));
          return;
        }
        head(function);
        begun = true;
      } else if (statement instanceof Statement.Function) {
        if (functionsEnd && !ended) {
          tell(new ScriptException(statement.line(), "", "is a function inside the function"));
        }
        passOver(statements.subList(at, statements.size()));
        return;
      } else if (ended) {
        tell(new ScriptException(statement.line(), "", "stands behind the end of the function"));
        return;
      } else if (statement instanceof Statement.Return) {
        ended = true;
      } else {
        execute(statement);
      }
      at++;
    }
  }

  /**
   * Further functions are never called, as no call of one is followed, unless one has the name of a
   * function that is.
   */
  private void passOver(List<Statement> behind) {
    for (Statement statement : behind) {
      if (statement instanceof Statement.Function function && Functions.isKnown(function.name())) {
        tell(
            new ScriptException(
                function.line(), function.name(), "takes the place of a function of MATLAB"));
      }
    }
  }

  /** Takes the head of the file. */
  private void head(Statement.Function function) {
    if (function.outputs().size() == 1) {
      output = function.outputs().get(0);
    } else {
      tell(
          new ScriptException(
              function.line(),
              "function [" + String.join(", ", function.outputs()) + "]",
              function.outputs().isEmpty() ? "gives back no case" : "is a case of format version 1",
              "convert it in MATPOWER: savecase('new.m', loadcase('old.m'))"));
    }
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
    variables.put(name, Value.Matrix.of(value, line), line);
  }

  private void assign(Statement.Assignment assignment) {
    Value value = evaluator.evaluate(assignment.value());
    if (assignment.index() == null) {
      variables.put(assignment.path(), value, assignment.line());
      return;
    }
    if (!(variables.get(assignment.path()) instanceof Value.Matrix target)
        || !(value instanceof Value.Matrix source)) {
      throw new ScriptException(
          assignment.line(), assignment.path() + "(…)", "is not a matrix that is known here");
    }
    Subscripts subscripts = evaluator.subscripts();
    boolean takesOut =
        assignment.value() instanceof Expression.Matrix literal && literal.rows().isEmpty();
    Value.Matrix changed =
        takesOut
            ? subscripts.without(target, assignment.index(), assignment.line())
            : subscripts.changed(target, assignment.index(), source, assignment.line());
    variables.put(assignment.path(), changed, assignment.line());
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
    return variables.fields(output);
  }

  /** Whether a field of the case has fields itself, instead of a value. */
  public boolean hasFields(String name) {
    return variables.hasFields(output + "." + name);
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
    if (lineStarts == null) {
      lineStarts =
          IntStream.range(0, text.length() + 1).filter(k -> k == 0 || endsLine(k - 1)).toArray();
    }
    int line = Math.min(e.line(), lineStarts.length) - 1;
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
    return text.substring(lineStarts[line], end).strip();
  }

  /** As the lexer counts lines: a carriage return ends one unless a line feed follows. */
  private boolean endsLine(int at) {
    char c = text.charAt(at);
    return c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n');
  }
}
