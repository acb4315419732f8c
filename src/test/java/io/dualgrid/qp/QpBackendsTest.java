package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import org.junit.jupiter.api.Test;

class QpBackendsTest {
  @Test
  void javaIsThereAlways() {
    assertThat(QpBackends.named("java").name()).isEqualTo("java");
  }

  @Test
  void unknownNameIsToldWhatThereIs() {
    assertThatThrownBy(() -> QpBackends.named("gurobi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"gurobi\"")
        .hasMessageContaining("auto, osqp, java");
  }

  @Test
  void missingOsqpSaysWhyAndTheDefaultGoesWithoutIt() {
    assumeFalse(OsqpSolverFactory.status().available());
    assertThatThrownBy(() -> QpBackends.named("osqp"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining(OsqpSolverFactory.status().failure());
    assertThat(QpBackends.named("auto").name()).isEqualTo("java");
  }

  @Test
  void availableOsqpIsFoundByName() {
    assumeTrue(OsqpSolverFactory.status().available());
    assertThat(QpBackends.named("osqp").name()).isEqualTo("osqp");
    assertThat(QpBackends.named("auto").name()).isEqualTo("osqp");
  }
}
