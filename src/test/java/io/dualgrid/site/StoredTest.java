package io.dualgrid.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device whose rows tie steps together says so, and no other. */
class StoredTest {
  private static final int STEPS = 24;

  @Test
  void whatTiesStepsTogetherSaysSo() {
    List<Boolean> seen = new ArrayList<>();
    for (String name : List.of("6-bus", "yingkou-60")) {
      GridCase gridCase = CaseLocator.read(name);
      Horizon horizon = Horizon.of(gridCase.limits(), STEPS, Sampling.FIRST);
      for (DesProgram program : new DesAssembler(gridCase, horizon).assembleAll()) {
        boolean ties = tiesSteps(program.program().constraints());
        seen.add(ties);
        assertThat(
                gridCase.node(program.nodeId()).devices().stream()
                    .anyMatch(device -> device.stored().isPresent()))
            .as("%s, node %d", name, program.nodeId())
            .isEqualTo(ties);
      }
    }
    assertThat(seen).contains(true, false);
  }

  /** Whether a row has variables of two steps; variables come in blocks of one a step. */
  private static boolean tiesSteps(SparseMatrix constraints) {
    assertThat(constraints.columns() % STEPS).isZero();
    int[] stepOfRow = new int[constraints.rows()];
    Arrays.fill(stepOfRow, -1);
    for (int j = 0; j < constraints.columns(); j++) {
      for (int k = constraints.columnPointers()[j]; k < constraints.columnPointers()[j + 1]; k++) {
        int row = constraints.rowIndices()[k];
        if (stepOfRow[row] >= 0 && stepOfRow[row] != j % STEPS) {
          return true;
        }
        stepOfRow[row] = j % STEPS;
      }
    }
    return false;
  }
}
