package io.dualgrid.caseio.matpower.script;

import io.dualgrid.problem.NumberText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;

/**
 * Values of expressions over the variables that a script has defined so far, from numbers, the
 * constants and functions of {@link Functions}, and element-wise operations. Nothing else is
 * evaluated: products of matrices, logic, texts as code and any other function are refused.
 */
final class Evaluator {
  /** More elements than any feeder has; guards against ranges such as 1:1e9. */
  private static final int MOST_ELEMENTS = 1_000_000;

  /** Of all values of a script together; guards memory and time. */
  private static final long MOST_WORK = 20_000_000;

  private final Map<String, Value> variables;
  private final Consumer<ScriptException> problems;
  private long work;

  /**
   * Over some variables.
   *
   * @param problems takes elements of a matrix that cannot be evaluated, so that all are told
   */
  Evaluator(Map<String, Value> variables, Consumer<ScriptException> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** What an index may refer to by "end": the number of rows or columns there. */
  private record Extent(int last) {}

  Value evaluate(Expression expression) {
    return evaluate(expression, null);
  }

  private Value evaluate(Expression expression, Extent extent) {
    if (expression instanceof Expression.Text text) {
      return new Value.Text(text.value());
    }
    if (expression instanceof Expression.Cells cells) {
      List<Value> values = new ArrayList<>();
      cells.elements().forEach(element -> values.add(evaluate(element, extent)));
      return new Value.Cells(values);
    }
    if (expression instanceof Expression.Name name) {
      Value known = variables.get(name.path());
      if (known != null) {
        return known;
      }
    }
    return number(expression, extent);
  }

  private Value.Matrix number(Expression expression, Extent extent) {
    if (expression instanceof Expression.Number number) {
      return Value.Matrix.of(number.value(), number.line());
    }
    if (expression instanceof Expression.Name name) {
      return variable(name);
    }
    if (expression instanceof Expression.Last last) {
      if (extent == null) {
        throw new ScriptException(last.line(), "end", "stands outside an index");
      }
      return Value.Matrix.of(extent.last(), last.line());
    }
    if (expression instanceof Expression.Signed signed) {
      Value.Matrix operand = number(signed.operand(), extent);
      charge(operand.elements(), signed.line());
      return signed.minus() ? operand.map(value -> -value) : operand;
    }
    if (expression instanceof Expression.Operation operation) {
      return operations(operation, extent);
    }
    if (expression instanceof Expression.Range range) {
      return range(range, extent);
    }
    if (expression instanceof Expression.Matrix matrix) {
      return matrix(matrix, extent);
    }
    if (expression instanceof Expression.Call call) {
      return call(call, extent);
    }
    throw new ScriptException(expression.line(), "", "is not a number");
  }

  private Value.Matrix variable(Expression.Name name) {
    Value known = variables.get(name.path());
    if (known instanceof Value.Matrix matrix) {
      return matrix;
    }
    if (known != null) {
      throw new ScriptException(name.line(), name.path(), "is a text, not a number");
    }
    Double constant = Functions.CONSTANTS.get(name.path());
    if (constant == null) {
      throw new ScriptException(
          name.line(),
          name.path(),
          "is neither a number nor defined above",
          "write a number such as 12.5, without units or thousands separators");
    }
    return Value.Matrix.of(constant, name.line());
  }

  /** From the left in a loop: a sum of thousands of terms would be too deep for the stack. */
  private Value.Matrix operations(Expression.Operation last, Extent extent) {
    Deque<Expression.Operation> chain = new ArrayDeque<>();
    Expression first = last;
    while (first instanceof Expression.Operation operation) {
      chain.push(operation);
      first = operation.left();
    }
    Value.Matrix value = number(first, extent);
    for (Expression.Operation operation : chain) {
      value = operation(operation, value, number(operation.right(), extent));
    }
    return value;
  }

  private Value.Matrix operation(
      Expression.Operation operation, Value.Matrix left, Value.Matrix right) {
    charge(Math.max(left.elements(), right.elements()), operation.line());
    String operator = operation.operator();
    boolean ofMatrices =
        switch (operator) {
          case "*" -> !left.isScalar() && !right.isScalar();
          case "/" -> !right.isScalar();
          case "^" -> !left.isScalar() || !right.isScalar();
          default -> false;
        };
    Value.Matrix result = ofMatrices ? null : left.with(right, function(operator));
    if (result == null) {
      String message =
          ofMatrices
              ? "is an operation on matrices, which is not followed; element by element it is ."
                  + operator
              : "has operands of different sizes";
      throw new ScriptException(operation.line(), "", message);
    }
    return result;
  }

  private static DoubleBinaryOperator function(String operator) {
    return switch (operator) {
      case "+" -> (a, b) -> a + b;
      case "-" -> (a, b) -> a - b;
      case "*", ".*" -> (a, b) -> a * b;
      case "/", "./" -> (a, b) -> a / b;
      default -> Math::pow;
    };
  }

  private Value.Matrix range(Expression.Range range, Extent extent) {
    double first = scalar(range.first(), extent);
    double last = scalar(range.last(), extent);
    double step = range.step() == null ? 1 : scalar(range.step(), extent);
    double count = Math.floor((last - first) / step + 1e-10) + 1;
    if (!(count <= MOST_ELEMENTS)) {
      throw new ScriptException(range.line(), "", "is too long a range");
    }
    charge((long) count, range.line());
    double[] values = new double[(int) Math.max(0, count)];
    for (int k = 0; k < values.length; k++) {
      values[k] = first + k * step;
    }
    return new Value.Matrix(new double[][] {values}, new int[] {range.line()});
  }

  private Value.Matrix matrix(Expression.Matrix matrix, Extent extent) {
    double[][] rows = new double[matrix.rows().size()][];
    int[] lines = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      List<Expression> elements = matrix.rows().get(i);
      lines[i] = elements.get(0).line();
      List<Double> row = new ArrayList<>();
      boolean told = false;
      for (Expression element : elements) {
        if (element instanceof Expression.Number number) {
          row.add(number.value());
          continue;
        }
        try {
          Value.Matrix value = number(element, extent);
          charge(value.elements(), element.line());
          addRow(value, element.line(), row);
        } catch (ScriptException e) {
          problems.accept(e);
          told = true;
        }
      }
      rows[i] = told ? null : row.stream().mapToDouble(Double::doubleValue).toArray();
    }
    evenOut(rows, lines);
    return new Value.Matrix(rows, lines);
  }

  /**
   * Tells rows that are not as long as most, and makes them so, to go on with.
   *
   * @param rows null where something is told of already
   */
  private void evenOut(double[][] rows, int[] lines) {
    Map<Integer, Long> lengths =
        Arrays.stream(rows)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(row -> row.length, Collectors.counting()));
    int usual =
        lengths.isEmpty()
            ? 0
            : Collections.max(lengths.entrySet(), Map.Entry.comparingByValue()).getKey();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        rows[i] = new double[usual];
      } else if (rows[i].length != usual) {
        problems.accept(
            new ScriptException(
                lines[i],
                "",
                rows[i].length + " columns, but most rows have " + usual,
                "complete the row; see the case format of MATPOWER"));
        rows[i] = Arrays.copyOf(rows[i], usual);
      }
    }
  }

  private static void addRow(Value.Matrix value, int line, List<Double> row) {
    if (value.rows().length > 1) {
      throw new ScriptException(line, "", "puts a matrix of several rows into a row");
    }
    for (int k = 0; k < value.columns(); k++) {
      row.add(value.rows()[0][k]);
    }
  }

  private Value.Matrix call(Expression.Call call, Extent extent) {
    Value target = variables.get(call.path());
    if (target instanceof Value.Matrix matrix) {
      return part(matrix, call.arguments(), call.line());
    }
    Double filling = target == null ? Functions.FILLINGS.get(call.path()) : null;
    if (filling != null && call.arguments().size() <= 2) {
      return filled(filling, call, extent);
    }
    var function = target == null ? Functions.FUNCTIONS.get(call.path()) : null;
    if (function == null || call.arguments().size() != 1) {
      throw new ScriptException(
          call.line(), call.path() + "(…)", "is neither a matrix nor a function that is known");
    }
    Value.Matrix argument = number(call.arguments().get(0), extent);
    charge(argument.elements(), call.line());
    return argument.map(function);
  }

  /** A matrix of one value: zeros(rows, columns), or zeros(n) with n of both. */
  private Value.Matrix filled(double value, Expression.Call call, Extent extent) {
    List<Double> sizes = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      sizes.add(scalar(argument, extent));
    }
    double rows = sizes.isEmpty() ? 1 : sizes.get(0);
    double columns = sizes.isEmpty() ? 1 : sizes.get(sizes.size() - 1);
    boolean whole = rows == Math.rint(rows) && columns == Math.rint(columns);
    boolean small = Math.max(Math.max(rows, columns), rows * columns) <= MOST_ELEMENTS;
    if (!whole || !small || rows < 0 || columns < 0) {
      throw new ScriptException(call.line(), call.path() + "(…)", "is no size of a matrix");
    }
    charge((long) Math.max(rows, rows * columns), call.line());
    double[][] values = new double[(int) rows][(int) columns];
    int[] lines = new int[(int) rows];
    for (double[] row : values) {
      Arrays.fill(row, value);
    }
    Arrays.fill(lines, call.line());
    return new Value.Matrix(values, lines);
  }

  private Value.Matrix part(Value.Matrix matrix, List<Expression> index, int line) {
    int[][] selection = selection(matrix, index, line);
    charge((long) selection[0].length * Math.max(1, selection[1].length), line);
    double[][] rows = new double[selection[0].length][selection[1].length];
    int[] lines = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      lines[i] = matrix.lines()[selection[0][i]];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = matrix.rows()[selection[0][i]][selection[1][j]];
      }
    }
    return new Value.Matrix(rows, lines);
  }

  /**
   * The rows and columns that an index names, from zero.
   *
   * @throws ScriptException when one is not there
   */
  int[][] selection(Value.Matrix matrix, List<Expression> index, int line) {
    if (index.size() == 1 && (matrix.rows().length == 1 || matrix.columns() == 1)) {
      // the elements of a vector
      boolean isRow = matrix.rows().length == 1;
      int[] chosen = indices(index.get(0), isRow ? matrix.columns() : matrix.rows().length, line);
      int[] zero = {0};
      return isRow ? new int[][] {zero, chosen} : new int[][] {chosen, zero};
    }
    if (index.size() != 2) {
      throw new ScriptException(line, "", "must name rows and columns");
    }
    return new int[][] {
      indices(index.get(0), matrix.rows().length, line),
      indices(index.get(1), matrix.columns(), line)
    };
  }

  private int[] indices(Expression index, int count, int line) {
    int[] indices;
    if (index instanceof Expression.All) {
      indices = new int[count];
      for (int k = 0; k < count; k++) {
        indices[k] = k;
      }
      return indices;
    }
    Value.Matrix values = number(index, new Extent(count));
    List<Integer> chosen = new ArrayList<>();
    for (double[] row : values.rows()) {
      for (double value : row) {
        if (value != Math.rint(value) || value < 1 || value > count) {
          throw new ScriptException(
              line,
              "",
              "names row or column " + NumberText.show(value) + ", but there are " + count);
        }
        chosen.add((int) value - 1);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Counts elements that are made or changed.
   *
   * @throws ScriptException when the script asks for more than any feeder needs
   */
  void charge(long elements, int line) {
    work += elements;
    if (work > MOST_WORK) {
      throw new ScriptException(line, "", "computes with more numbers than any feeder has");
    }
  }

  private double scalar(Expression expression, Extent extent) {
    Value.Matrix value = number(expression, extent);
    if (!value.isScalar()) {
      throw new ScriptException(expression.line(), "", "must be a single number");
    }
    return value.rows()[0][0];
  }
}
