package io.dualgrid.caseio.matpower.script;

import io.dualgrid.caseio.matpower.script.Evaluator.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Matrices and tables as they stand in brackets and braces. An element in brackets may be a matrix:
 * those of one row stand side by side and have equally many rows, the rows stand on top of each
 * other and have equally many columns; what is empty counts as nothing.
 */
final class Brackets {
  private final Evaluator evaluator;
  private final Consumer<ScriptException> problems;

  /** Puts values together that an evaluator finds, and tells elements that have none. */
  Brackets(Evaluator evaluator, Consumer<ScriptException> problems) {
    this.evaluator = evaluator;
    this.problems = problems;
  }

  Value.Matrix matrix(Expression.Matrix matrix, Extent extent) {
    List<double[]> rows = new ArrayList<>(); // null where something is told of already
    List<Integer> lines = new ArrayList<>();
    for (List<Expression> elements : matrix.rows()) {
      try {
        add(elements, extent, rows, lines);
      } catch (ScriptException e) {
        problems.accept(e);
        rows.add(null);
        lines.add(elements.get(0).line());
      }
    }
    int[] places = lines.stream().mapToInt(Integer::intValue).toArray();
    return new Value.Matrix(evenOut(rows, places), places);
  }

  /** Adds the rows that stand side by side in a row of a bracket. */
  private void add(
      List<Expression> elements, Extent extent, List<double[]> rows, List<Integer> lines) {
    List<Value.Matrix> beside = new ArrayList<>();
    boolean told = false;
    for (Expression element : elements) {
      try {
        Value.Matrix value = evaluator.number(element, extent);
        if (!(element instanceof Expression.Number)) {
          evaluator.charge(value.elements(), element.line());
        }
        if (value.rows().length > 0) {
          beside.add(value);
        }
      } catch (ScriptException e) {
        problems.accept(e);
        told = true;
      }
    }
    int line = elements.get(0).line();
    if (told) {
      rows.add(null);
      lines.add(line);
      return;
    }
    int height = beside.isEmpty() ? 0 : beside.get(0).rows().length;
    for (Value.Matrix value : beside) {
      if (value.rows().length != height) {
        throw new ScriptException(
            line,
            "",
            "puts matrices of " + height + " and " + value.rows().length + " rows side by side");
      }
    }
    int width = beside.stream().mapToInt(Value.Matrix::columns).sum();
    for (int i = 0; i < height; i++) {
      double[] row = new double[width];
      int from = 0;
      for (Value.Matrix value : beside) {
        System.arraycopy(value.rows()[i], 0, row, from, value.columns());
        from += value.columns();
      }
      rows.add(row);
      lines.add(height == 1 ? line : beside.get(0).lines()[i]);
    }
  }

  /** Tells rows that are not as long as most, and makes them so, to go on with. */
  private double[][] evenOut(List<double[]> rows, int[] lines) {
    Map<Integer, Long> lengths =
        rows.stream()
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(row -> row.length, Collectors.counting()));
    int usual =
        lengths.isEmpty()
            ? 0
            : Collections.max(lengths.entrySet(), Map.Entry.comparingByValue()).getKey();
    double[][] even = new double[rows.size()][];
    for (int i = 0; i < even.length; i++) {
      double[] row = rows.get(i);
      if (row != null && row.length != usual) {
        problems.accept(
            new ScriptException(
                lines[i],
                "",
                row.length + " columns, but most rows have " + usual,
                "complete the row; see the case format of MATPOWER"));
      }
      even[i] = row == null ? new double[usual] : Arrays.copyOf(row, usual);
    }
    return even;
  }

  /**
   * A table of texts and numbers.
   *
   * @throws ScriptException where its rows differ in length
   */
  Value.Cells cells(Expression.Cells cells, Extent extent) {
    List<List<Value>> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (List<Expression> elements : cells.rows()) {
      int line = elements.get(0).line();
      int width = cells.rows().get(0).size();
      if (elements.size() != width) {
        throw new ScriptException(
            line, "", elements.size() + " columns, but the first row has " + width);
      }
      List<Value> row = new ArrayList<>();
      elements.forEach(element -> row.add(evaluator.evaluate(element, extent)));
      rows.add(row);
      lines.add(line);
    }
    return new Value.Cells(rows, lines);
  }
}
