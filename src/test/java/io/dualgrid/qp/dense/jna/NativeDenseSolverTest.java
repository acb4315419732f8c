package io.dualgrid.qp.dense.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.DenseBackends;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.DenseSolverContractTest;
import io.dualgrid.qp.dense.DenseSolverFactory;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeDenseSolverTest extends DenseSolverContractTest {
  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new NativeDenseSolverFactory().status().available(),
        new NativeDenseSolverFactory().status().failure());
  }

  @Override
  protected DenseSolverFactory factory() {
    return new NativeDenseSolverFactory();
  }

  @Test
  void isChosenBesidesNativeBackendsOnly() {
    assertThat(DenseBackends.besides("auto").name()).isEqualTo("native");
    assertThat(DenseBackends.besides("osqp").name()).isEqualTo("native");
    assertThat(DenseBackends.besides("java").name()).isEqualTo("java");
  }

  @Test
  void agreesWithItsTwinInJavaAndRepeatsItsBits() {
    Random random = new Random(11);
    int k = 70;
    int m = 110;
    double[] quadratic = new double[k * k];
    for (int i = 0; i < k; i++) {
      quadratic[i * k + i] = 1 + random.nextDouble();
    }
    double[] rows = random.doubles((long) m * k, -1, 1).toArray();
    double[] lower = random.doubles(m, -2, -0.1).toArray();
    double[] upper = random.doubles(m, 0.1, 2).toArray();
    QpSettings settings = new QpSettings(1e-9, 1e-10, 2000);
    DenseSolver first = factory().setup(k, quadratic, rows, lower, upper, settings);
    DenseSolver second = factory().setup(k, quadratic, rows, lower, upper, settings);
    DenseSolver twin =
        new JavaDenseSolverFactory().setup(k, quadratic, rows, lower, upper, settings);
    double[] linear = random.doubles(k, -30, 30).toArray();
    for (int turn = 0; turn < 40; turn++) {
      for (int j = 0; j < k; j++) {
        linear[j] += random.nextGaussian();
      }
      QpResult result = first.solve(linear);
      // H ≥ 1, so y is right to about the tolerance, 1e-9 + 1e-10 of terms of some tens
      assertThat(result.x()).containsExactly(twin.solve(linear).x(), within(1e-7));
      QpResult again = second.solve(linear);
      assertThat(again.x()).isEqualTo(result.x());
      assertThat(again.y()).isEqualTo(result.y());
      assertThat(again.iterations()).isEqualTo(result.iterations());
    }
  }

  @Test
  void isOfNoUseOnceClosed() {
    double[] one = {1};
    DenseSolver solver = factory().setup(1, one, one, one, one, new QpSettings(1e-9, 0.0, 10));
    solver.close();
    assertThatThrownBy(() -> solver.solve(one)).isInstanceOf(IllegalStateException.class);
  }
}
