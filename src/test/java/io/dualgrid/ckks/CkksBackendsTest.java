package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.natives.NativeLibraries;
import io.dualgrid.natives.NativeLibraryException;
import org.junit.jupiter.api.Test;

class CkksBackendsTest {
  @Test
  void javaIsAlwaysThere() {
    assertThat(CkksBackends.byName("java").name()).isEqualTo("java");
    assertThat(CkksBackends.byName("java")).isSameAs(CkksBackends.byName("java"));
  }

  @Test
  void sealIsGivenOrRefusedWithTheReasonAndNeverReplaced() {
    if (new SealCkksBackend().status().available()) {
      assertThat(CkksBackends.byName("seal").name()).isEqualTo("seal");
      assertThat(CkksBackends.byName("seal").version()).startsWith("SEAL ");
      assertThat(CkksBackends.byName("auto").name()).isEqualTo("seal");
    } else {
      assertThatThrownBy(() -> CkksBackends.byName("seal"))
          .isInstanceOf(NativeLibraryException.class)
          .hasMessageContaining(new SealCkksBackend().status().failure());
      assertThat(CkksBackends.byName("auto").name()).isEqualTo("java");
    }
    if (NativeLibraries.switchedOff()) {
      assertThat(new SealCkksBackend().status().failure())
          .contains(NativeLibraries.SWITCH_PROPERTY);
    }
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CkksBackends.byName("openfhe"))
        .withMessageContaining("auto, seal, java");
  }
}
