package io.dualgrid.mask.attack;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DispatchQuantity;
import io.dualgrid.device.Port;
import io.dualgrid.qp.SparseMatrix;
import java.util.TreeSet;

/** Names the rows of an energy system's program by the quantities they limit. */
public final class RowKinds {
  private RowKinds() {}

  /**
   * The kind of each row, such as "BT E" or "PV P, PV Q".
   *
   * @return length of the program's rows
   */
  public static String[] of(DesProgram des) {
    String[] names = new String[des.program().variableCount()];
    for (DispatchQuantity quantity : des.quantities()) {
      boolean voltage = quantity.name().equals("V");
      name(names, quantity.variables(), voltage ? "V" : quantity.device() + " " + quantity.name());
    }
    for (Port port : des.ports()) {
      name(names, port.active(), "line P");
      name(names, port.reactive(), "line Q");
      name(names, port.voltage(), "V");
    }
    SparseMatrix byRow = des.program().constraints().transpose();
    String[] kinds = new String[des.program().rowCount()];
    for (int i = 0; i < kinds.length; i++) {
      TreeSet<String> parts = new TreeSet<>();
      for (int k = byRow.columnPointers()[i]; k < byRow.columnPointers()[i + 1]; k++) {
        String part = names[byRow.rowIndices()[k]];
        parts.add(part == null ? "other" : part);
      }
      kinds[i] = String.join(", ", parts);
    }
    return kinds;
  }

  private static void name(String[] names, int[] variables, String name) {
    if (variables != null) {
      for (int variable : variables) {
        if (names[variable] == null || name.equals("V")) {
          names[variable] = name;
        }
      }
    }
  }
}
