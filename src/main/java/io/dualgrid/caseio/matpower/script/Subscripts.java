package io.dualgrid.caseio.matpower.script;

import io.dualgrid.caseio.matpower.script.Evaluator.Extent;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Parts of matrices, as MATLAB's subscripts name them: x(rows, columns), or x(elements), which are
 * counted down the columns. Numbers only: a matrix neither grows, nor do truth values choose.
 */
final class Subscripts {
  private final Evaluator evaluator;

  Subscripts(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * Where the elements of a part lie.
   *
   * @param rows of the part
   * @param columns of the part
   * @param at for each element, down the columns, where it lies in the whole, counted the same way
   */
  private record Places(int rows, int columns, int[] at) {}

  /**
   * Reads a part.
   *
   * @throws ScriptException when it is not there
   */
  Value.Matrix part(Value.Matrix matrix, List<Expression> index, int line) {
    Places places = places(matrix, index, line);
    int height = matrix.rows().length;
    double[][] rows = new double[places.rows()][places.columns()];
    int[] lines = new int[rows.length];
    Arrays.fill(lines, line);
    for (int k = 0; k < places.at().length; k++) {
      int row = places.at()[k] % height;
      rows[k % rows.length][k / rows.length] = matrix.rows()[row][places.at()[k] / height];
      if (k < rows.length) {
        lines[k] = matrix.lines()[row];
      }
    }
    return new Value.Matrix(rows, lines);
  }

  /**
   * A copy of a matrix with another part.
   *
   * @throws ScriptException when the part is not there, or of another size
   */
  Value.Matrix changed(Value.Matrix matrix, List<Expression> index, Value.Matrix source, int line) {
    evaluator.charge(matrix.elements(), line);
    Value.Matrix changed = matrix.copy();
    Places places = places(matrix, index, line);
    if (!fits(source, places, index.size())) {
      throw new ScriptException(line, "", "is given a matrix of another size");
    }
    int height = matrix.rows().length;
    for (int k = 0; k < places.at().length; k++) {
      int from = source.isScalar() ? 0 : k;
      int sourceHeight = source.rows().length;
      changed.rows()[places.at()[k] % height][places.at()[k] / height] =
          source.rows()[from % sourceHeight][from / sourceHeight];
    }
    return changed;
  }

  /**
   * A matrix without some of its rows, or of its columns: x(rows, :) = [], x(:, columns) = [].
   *
   * @throws ScriptException where neither subscript is a colon
   */
  Value.Matrix without(Value.Matrix matrix, List<Expression> index, int line) {
    boolean rows = index.size() == 2 && index.get(1) instanceof Expression.All;
    boolean columns = index.size() == 2 && index.get(0) instanceof Expression.All;
    if (rows == columns) {
      throw new ScriptException(line, "", "takes out elements; only x(rows, :) = [] is followed");
    }
    evaluator.charge(matrix.elements(), line);
    int height = matrix.rows().length;
    BitSet rest = new BitSet();
    rest.set(0, rows ? height : matrix.columns());
    for (int gone : down(indices(index.get(rows ? 0 : 1), rest.length(), line))) {
      rest.clear(gone);
    }
    int[] kept = rest.stream().toArray();
    if (rows) {
      return new Value.Matrix(
          Arrays.stream(kept).mapToObj(i -> matrix.rows()[i]).toArray(double[][]::new),
          Arrays.stream(kept).map(i -> matrix.lines()[i]).toArray());
    }
    double[][] left = new double[height][];
    for (int i = 0; i < height; i++) {
      double[] row = matrix.rows()[i];
      left[i] = Arrays.stream(kept).mapToDouble(j -> row[j]).toArray();
    }
    return new Value.Matrix(left, matrix.lines());
  }

  /** Whether sizes agree, which a row and a column of one length do. */
  private static boolean fits(Value.Matrix source, Places places, int subscripts) {
    if (source.isScalar()) {
      return true;
    }
    long count = (long) source.rows().length * source.columns();
    boolean vectors =
        Math.min(source.rows().length, source.columns()) == 1
            && Math.min(places.rows(), places.columns()) == 1;
    boolean same = source.rows().length == places.rows() && source.columns() == places.columns();
    return same || (vectors || subscripts == 1) && count == places.at().length;
  }

  private Places places(Value.Matrix matrix, List<Expression> index, int line) {
    int height = matrix.rows().length;
    int width = matrix.columns();
    if (index.size() == 1) {
      return elements(matrix, index.get(0), line);
    }
    if (index.size() != 2) {
      throw new ScriptException(line, "", "must name rows and columns");
    }
    int[] rows = down(indices(index.get(0), height, line));
    int[] columns = down(indices(index.get(1), width, line));
    long count = (long) rows.length * columns.length;
    evaluator.charge(Math.max(count, rows.length), line);
    int[] at = new int[(int) count];
    for (int k = 0; k < at.length; k++) {
      at[k] = columns[k / rows.length] * height + rows[k % rows.length];
    }
    return new Places(rows.length, columns.length, at);
  }

  /**
   * A vector keeps its direction under a vector of subscripts; else the subscripts' shape holds.
   */
  private Places elements(Value.Matrix matrix, Expression index, int line) {
    int height = matrix.rows().length;
    int width = matrix.columns();
    int[][] chosen = indices(index, height * width, line);
    int[] at = down(chosen);
    evaluator.charge(at.length, line);
    boolean all = index instanceof Expression.All;
    boolean vectors =
        Math.min(height, width) == 1
            && Math.max(height, width) > 1
            && chosen.length > 0
            && Math.min(chosen.length, chosen[0].length) == 1;
    if (vectors && !all) {
      return height == 1 ? new Places(1, at.length, at) : new Places(at.length, 1, at);
    }
    return new Places(chosen.length, chosen.length == 0 ? 0 : chosen[0].length, at);
  }

  /** Subscripts from zero, in the shape that they are written in. */
  private int[][] indices(Expression index, int count, int line) {
    if (index instanceof Expression.All) {
      evaluator.charge(count, line);
      int[][] all = new int[count][1];
      for (int k = 0; k < count; k++) {
        all[k][0] = k;
      }
      return all;
    }
    double[][] values = evaluator.number(index, new Extent(count)).rows();
    int[][] indices = new int[values.length][];
    for (int i = 0; i < values.length; i++) {
      indices[i] = new int[values[i].length];
      for (int j = 0; j < values[i].length; j++) {
        double value = values[i][j];
        if (value != Math.rint(value) || value < 1 || value > count) {
          throw new ScriptException(
              line,
              "",
              "names row, column or element "
                  + NumberText.show(value)
                  + ", but there are "
                  + count);
        }
        indices[i][j] = (int) value - 1;
      }
    }
    return indices;
  }

  private static int[] down(int[][] values) {
    List<Integer> down = new ArrayList<>();
    for (int j = 0; values.length > 0 && j < values[0].length; j++) {
      for (int[] row : values) {
        down.add(row[j]);
      }
    }
    return down.stream().mapToInt(Integer::intValue).toArray();
  }
}
