package io.dualgrid.caseio.matpower.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;

/**
 * Values of expressions over the variables that a script has defined so far, from numbers, the
 * constants and functions of {@link Functions}, element-wise operations, matrices side by side and
 * on top of each other, and parts of them. Nothing else is evaluated: products of matrices, logic,
 * texts as code and any other function are refused.
 */
final class Evaluator {
  /** More elements than any feeder has; guards against ranges such as 1:1e9. */
  private static final int MOST_ELEMENTS = 1_000_000;

  /** Of all values of a script together; guards memory and time. */
  private static final long MOST_WORK = 20_000_000;

  private final Variables variables;
  private final Brackets brackets;
  private final Subscripts subscripts = new Subscripts(this);
  private long work;

  /**
   * Over some variables.
   *
   * @param problems takes elements of a matrix that cannot be evaluated, so that all are told
   */
  Evaluator(Variables variables, Consumer<ScriptException> problems) {
    this.variables = variables;
    this.brackets = new Brackets(this, problems);
  }

  /** What an index may refer to by "end": the number of rows, columns or elements there. */
  record Extent(int last) {}

  Subscripts subscripts() {
    return subscripts;
  }

  Value evaluate(Expression expression) {
    return evaluate(expression, null);
  }

  Value evaluate(Expression expression, Extent extent) {
    if (expression instanceof Expression.Text text) {
      return new Value.Text(text.value());
    }
    if (expression instanceof Expression.Cells cells) {
      return brackets.cells(cells, extent);
    }
    if (expression instanceof Expression.Name name) {
      Value known = variables.get(name.path());
      if (known != null) {
        return known;
      }
    }
    return number(expression, extent);
  }

  /** The value of an expression that must be a number or a matrix of numbers. */
  Value.Matrix number(Expression expression, Extent extent) {
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
    if (expression instanceof Expression.Transposed transposed) {
      Value.Matrix operand = number(transposed.operand(), extent);
      charge(operand.elements() + operand.columns(), transposed.line());
      return operand.transposed(transposed.line());
    }
    if (expression instanceof Expression.Operation operation) {
      return operations(operation, extent);
    }
    if (expression instanceof Expression.Range range) {
      return range(range, extent);
    }
    if (expression instanceof Expression.Matrix matrix) {
      return brackets.matrix(matrix, extent);
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

  private Value.Matrix call(Expression.Call call, Extent extent) {
    Value target = variables.get(call.path());
    if (target instanceof Value.Matrix matrix) {
      return subscripts.part(matrix, call.arguments(), call.line());
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
