package io.dualgrid.qp.nativeqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelContract;
import io.dualgrid.qp.PlantedProgram;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.java.JavaNewtonKernel;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeNewtonKernelTest extends NewtonKernelContract {
  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new NativeQpSolverFactory().status().available(),
        new NativeQpSolverFactory().status().failure());
  }

  @Override
  protected NewtonKernel kernel(QuadraticProgram program, int[] coupled) {
    return new NativeNewtonKernel(program, coupled);
  }

  /** The kernel in C gives the very numbers of the one in Java, but for the sign of a zero. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 10, 25})
  void isTheTwinOfTheOneInJava(int couplings) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.variables = 50;
    recipe.rows = 90;
    recipe.quadraticRank = couplings % 2 == 0 ? 20 : 0;
    QuadraticProgram program = recipe.plant(couplings).program();
    int[] coupled = IntStream.range(0, couplings).map(c -> 49 - 2 * c % 50).distinct().toArray();
    Random random = new Random(couplings);
    try (NewtonKernel inC = kernel(program, coupled);
        NewtonKernel inJava = new JavaNewtonKernel(program, coupled)) {
      assertThat(inC.bounds()).isEqualTo(inJava.bounds());
      double[] prices = random.doubles(coupled.length, -1, 1).toArray();
      inC.start(prices);
      inJava.start(prices);
      for (int iteration = 0; iteration < 8; iteration++) {
        step(inC, inJava, prices, random);
        prices = random.doubles(coupled.length, -1, 1).toArray();
      }
    }
  }

  private static void step(NewtonKernel one, NewtonKernel other, double[] prices, Random random) {
    int count = prices.length;
    one.factorise(prices);
    other.factorise(prices);
    assertSame(count * (count + 1) / 2, one::sensitivities, other::sensitivities);
    double[] change = random.doubles(count, -0.1, 0.1).toArray();
    for (int turn = 0; turn < 2; turn++) {
      boolean corrector = turn == 1;
      assertSame(count, r -> one.aim(0.1, corrector, r), r -> other.aim(0.1, corrector, r));
      one.direct(change);
      other.direct(change);
    }
    assertSame(4, one::products, other::products);
    double primal = one.longestPrimalStep();
    double dual = one.longestDualStep();
    assertThat(primal).isEqualTo(other.longestPrimalStep());
    assertThat(dual).isEqualTo(other.longestDualStep());
    one.move(primal, dual);
    other.move(primal, dual);
    assertSame(count, one::coupled, other::coupled);
    assertThat(one.cost()).isEqualTo(other.cost());
    assertThat(one.rowResidual()).isEqualTo(other.rowResidual());
    assertThat(one.dualResidual()).isEqualTo(other.dualResidual());
  }

  private static void assertSame(int count, Vector one, Vector other) {
    double[] first = new double[count];
    double[] second = new double[count];
    one.fill(first);
    other.fill(second);
    for (int k = 0; k < count; k++) {
      first[k] += 0.0;
      second[k] += 0.0;
    }
    assertThat(first).isEqualTo(second);
  }

  private interface Vector {
    void fill(double[] values);
  }

  @Test
  void refusesVariablesAndNumbersThatAreNone() {
    QuadraticProgram program = new PlantedProgram.Recipe().plant(1).program();
    assertThatThrownBy(() -> kernel(program, new int[] {3, 3}))
        .isInstanceOf(QpException.class)
        .hasMessageContaining("planted-1: coupled[1] is 3");
    assertThatThrownBy(() -> kernel(program, new int[] {program.variableCount()}))
        .isInstanceOf(QpException.class)
        .hasMessageContaining("coupled[0]");
    assertThatThrownBy(() -> kernel(program, new int[0])).isInstanceOf(QpException.class);
    NewtonKernel kernel = kernel(program, new int[] {3, 1});
    try (kernel) {
      double[] broken = new double[2];
      Arrays.fill(broken, Double.NaN);
      assertThatThrownBy(() -> kernel.start(broken)).hasMessageContaining("prices[0]");
      assertThatThrownBy(() -> kernel.factorise(new double[3])).hasMessageContaining("length 3");
      assertThatThrownBy(() -> kernel.sensitivities(new double[2])).isInstanceOf(QpException.class);
      assertThatThrownBy(() -> kernel.move(Double.POSITIVE_INFINITY, 0))
          .hasMessageContaining("primal step");
    }
    kernel.close();
    assertThatThrownBy(() -> kernel.start(new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("planted-1");
  }
}
