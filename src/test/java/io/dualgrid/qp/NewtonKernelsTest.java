package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.nativeqp.NativeNewtonKernelFactory;
import org.junit.jupiter.api.Test;

class NewtonKernelsTest {
  @Test
  void findsThoseOfJavaAndC() {
    assertThat(NewtonKernels.all()).map(NewtonKernelFactory::name).contains("java", "native");
    assertThat(NewtonKernels.besides("java").name()).isEqualTo("java");
  }

  @Test
  void takesTheNativeOneBesidesAnyOther() {
    assumeTrue(new NativeNewtonKernelFactory().status().available());
    for (String qp : new String[] {"auto", "native", "osqp"}) {
      assertThat(NewtonKernels.besides(qp).name()).isEqualTo("native");
    }
  }

  @Test
  void takesTheOneInJavaWhereThereIsNoOther() {
    assumeFalse(new NativeNewtonKernelFactory().status().available());
    assertThat(NewtonKernels.besides("native").name()).isEqualTo("java");
  }
}
