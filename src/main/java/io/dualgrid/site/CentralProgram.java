package io.dualgrid.site;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole case as one program: all energy systems side by side, with one row for each pair of
 * copies of a line that must be equal. Its optimum is the ground truth of every decentralised run.
 *
 * @param program the one program; objective as in the programs of the energy systems
 * @param programs of the energy systems
 * @param offsets where the variables of each energy system begin
 */
public record CentralProgram(QuadraticProgram program, List<DesProgram> programs, int[] offsets) {

  /** Joins the programs of a case. */
  public static CentralProgram join(List<DesProgram> programs) {
    int[] offsets = new int[programs.size()];
    int n = 0;
    int m = 0;
    int entries = 0;
    for (int d = 0; d < offsets.length; d++) {
      offsets[d] = n;
      n += programs.get(d).program().variableCount();
      m += programs.get(d).program().rowCount();
      for (Port port : programs.get(d).ports()) {
        entries += port.downstream() ? 3 * port.active().length : 0;
      }
    }
    int total = m + entries;
    SparseMatrix.Builder matrix = SparseMatrix.builder(total, n);
    double[] lower = new double[total];
    double[] upper = new double[total];
    double[] linear = new double[n];
    int row = 0;
    Map<Object, int[]> upstream = new HashMap<>();
    for (int d = 0; d < offsets.length; d++) {
      QuadraticProgram own = programs.get(d).program();
      System.arraycopy(own.linear(), 0, linear, offsets[d], own.variableCount());
      System.arraycopy(own.lower(), 0, lower, row, own.rowCount());
      System.arraycopy(own.upper(), 0, upper, row, own.rowCount());
      SparseMatrix a = own.constraints();
      for (int j = 0; j < a.columns(); j++) {
        for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
          matrix.add(row + a.rowIndices()[k], offsets[d] + j, a.values()[k]);
        }
      }
      row += own.rowCount();
      for (Port port : programs.get(d).ports()) {
        if (!port.downstream()) {
          upstream.put(port.line(), copies(port, offsets[d]));
        }
      }
    }
    for (int d = 0; d < offsets.length; d++) {
      for (Port port : programs.get(d).ports()) {
        if (port.downstream()) {
          int[] other = upstream.get(port.line());
          int[] own = copies(port, offsets[d]);
          for (int k = 0; k < own.length; k++) {
            matrix.add(row, own[k], 1.0);
            matrix.add(row, other[k], -1.0);
            row++;
          }
        }
      }
    }
    QuadraticProgram program =
        new QuadraticProgram(
            "the whole case",
            SparseMatrix.diagonal(new double[n]),
            linear,
            matrix.build(),
            lower,
            upper);
    return new CentralProgram(program, List.copyOf(programs), offsets);
  }

  /** The part of a solution that belongs to one energy system. */
  public double[] partOf(int index, double[] x) {
    int n = programs.get(index).program().variableCount();
    return Arrays.copyOfRange(x, offsets[index], offsets[index] + n);
  }

  private static int[] copies(Port port, int offset) {
    int steps = port.active().length;
    int[] copies = new int[3 * steps];
    for (int t = 0; t < steps; t++) {
      copies[t] = offset + port.active()[t];
      copies[steps + t] = offset + port.reactive()[t];
      copies[2 * steps + t] = offset + port.voltage()[t];
    }
    return copies;
  }
}
