package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private final StringWriter out = new StringWriter();

  @Test
  void everyBackendIsNamed() {
    assertThat(CommandLineRun.of(out, "doctor")).isZero();
    assertThat(out.toString())
        .containsPattern("qp native +(\\d|missing: )")
        .containsPattern("qp osqp +(\\d|missing: )")
        .containsPattern("qp java +\\S")
        .containsPattern("ckks seal +(\\d|missing: )")
        .containsPattern("ckks java +\\S");
  }

  @Test
  void nativesThatAreSwitchedOffAreNamedSo() {
    assumeTrue("off".equals(System.getProperty("dualgrid.natives")), "in the pure-Java round only");
    CommandLineRun.of(out, "doctor");
    assertThat(out.toString()).contains("missing: switched off by -Ddualgrid.natives=off");
  }
}
