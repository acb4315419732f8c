package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
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
        .hasMessageContaining("auto, native, java, osqp");
  }

  @Test
  void whatDoesNotStartWarmIsNoneForLocalSolvesAndTheOneForBounds() {
    assertThat(QpBackends.names()).doesNotContain("interior-point");
    assertThatThrownBy(() -> QpBackends.named("interior-point"))
        .isInstanceOf(IllegalArgumentException.class);
    boolean natives = new NativeQpSolverFactory().status().available();
    assertThat(QpBackends.capableOf(QpCapabilities::dualObjective).name())
        .isEqualTo(natives ? "native-interior-point" : "interior-point");
  }

  /** Who asks for Java alone gets Java alone, whatever libraries there are. */
  @Test
  void boundsBesideJavaAreJavas() {
    assertThat(BoundingSolvers.besides(QpBackends.named("java")).backend().name())
        .isEqualTo("interior-point");
    assertThat(BoundingSolvers.besides(QpBackends.named("auto")))
        .isEqualTo(BoundingSolvers.preferred());
  }

  @Test
  void missingOsqpSaysWhy() {
    assumeFalse(new OsqpSolverFactory().status().available());
    assertThatThrownBy(() -> QpBackends.named("osqp"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining(new OsqpSolverFactory().status().failure());
  }

  @Test
  void missingNativeSaysWhyAndTheDefaultGoesWithoutIt() {
    assumeFalse(new NativeQpSolverFactory().status().available());
    assertThatThrownBy(() -> QpBackends.named("native"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining(new NativeQpSolverFactory().status().failure());
    assertThat(QpBackends.named("auto").name()).isEqualTo("java");
  }

  @Test
  void availableOsqpIsFoundByName() {
    assumeTrue(new OsqpSolverFactory().status().available());
    assertThat(QpBackends.named("osqp").name()).isEqualTo("osqp");
  }

  @Test
  void availableNativeIsFoundByNameAndTheDefault() {
    assumeTrue(new NativeQpSolverFactory().status().available());
    assertThat(QpBackends.named("native").name()).isEqualTo("native");
    assertThat(QpBackends.named("auto").name()).isEqualTo("native");
  }
}
