package io.dualgrid.qp.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.qp.SparseMatrix;
import org.junit.jupiter.api.Test;

class SparseRowsTest {
  private static final double[] VALUES = {1, 2, 3};
  private static final int[] COLUMNS = {0, 1, 0};

  @Test
  void someRowsKeepTheirEntries() {
    SparseRows rows = new SparseRows(new int[] {0, 2, 2, 3}, COLUMNS, VALUES);
    SparseRows some = rows.select(new int[] {2, 1, 0});
    assertThat(some.starts()).containsExactly(0, 1, 1, 3);
    assertThat(some.columns()).containsExactly(0, 0, 1);
    assertThat(some.values()).containsExactly(3, 1, 2);
    assertThat(rows.select(new int[0]).count()).isZero();
  }

  @Test
  void columnsBecomeRows() {
    SparseRows rows =
        SparseRows.ofColumns(SparseMatrix.builder(3, 2).add(2, 0, 4).add(1, 1, 5).build());
    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.entries()).isEqualTo(2);
    assertThat(rows.columns()).containsExactly(2, 1);
  }

  @Test
  void whatIsNoRowsIsRefused() {
    for (int[] starts : new int[][] {{}, {1, 2}, {0, 2, 1}, {0, 4}}) {
      assertThatThrownBy(() -> new SparseRows(starts, COLUMNS, VALUES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 columns and 3 values");
    }
  }

  @Test
  void showsNoEntries() {
    assertThat(new SparseRows(new int[] {0, 3}, COLUMNS, VALUES))
        .hasToString("SparseRows[1 rows, 3 entries]");
  }
}
