package io.dualgrid.caseio.matpower.script;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What a variable or field holds. */
public sealed interface Value {

  /** A text. */
  record Text(String text) implements Value {}

  /**
   * A table of texts and numbers.
   *
   * @param rows values, all rows of one length
   * @param lines the line of the file of each row
   */
  record Cells(List<List<Value>> rows, List<Integer> lines) implements Value {
    /** Copies the lists. */
    public Cells {
      rows = rows.stream().map(List::copyOf).toList();
      lines = List.copyOf(lines);
    }

    /** All values, row by row. */
    public List<Value> elements() {
      return rows.stream().flatMap(List::stream).toList();
    }
  }

  /**
   * A matrix; a number is one of one row and column.
   *
   * @param rows values, all rows of one length
   * @param lines the line of the file of each row
   */
  record Matrix(double[][] rows, int[] lines) implements Value {

    static Matrix of(double value, int line) {
      return new Matrix(new double[][] {{value}}, new int[] {line});
    }

    boolean isScalar() {
      return rows.length == 1 && rows[0].length == 1;
    }

    int columns() {
      return rows.length == 0 ? 0 : rows[0].length;
    }

    /** How much the matrix holds, an empty row counted as one. */
    long elements() {
      return (long) rows.length * Math.max(1, columns());
    }

    Matrix map(DoubleUnaryOperator function) {
      double[][] mapped = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        mapped[i] = Arrays.stream(rows[i]).map(function).toArray();
      }
      return new Matrix(mapped, lines);
    }

    /** Element by element; null where the sizes differ and neither is a number. */
    Matrix with(Matrix other, DoubleBinaryOperator function) {
      if (other.isScalar()) {
        return map(value -> function.applyAsDouble(value, other.rows[0][0]));
      }
      if (isScalar()) {
        return other.map(value -> function.applyAsDouble(rows[0][0], value));
      }
      if (rows.length != other.rows.length) {
        return null;
      }
      double[][] result = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        if (rows[i].length != other.rows[i].length) {
          return null;
        }
        result[i] = new double[rows[i].length];
        for (int j = 0; j < result[i].length; j++) {
          result[i][j] = function.applyAsDouble(rows[i][j], other.rows[i][j]);
        }
      }
      return new Matrix(result, lines);
    }

    /** Rows as columns, all of them at one line of the file. */
    Matrix transposed(int line) {
      double[][] turned = new double[columns()][rows.length];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < rows[i].length; j++) {
          turned[j][i] = rows[i][j];
        }
      }
      int[] all = new int[turned.length];
      Arrays.fill(all, line);
      return new Matrix(turned, all);
    }

    Matrix copy() {
      double[][] copy = new double[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        copy[i] = rows[i].clone();
      }
      return new Matrix(copy, lines.clone());
    }
  }
}
