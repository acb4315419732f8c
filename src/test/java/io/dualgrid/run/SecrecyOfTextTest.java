package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.Taps;
import io.dualgrid.site.DesAssembler;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends up in a log by accident tells sizes and labels, never a secret. */
class SecrecyOfTextTest {
  static java.util.stream.Stream<String> backends() {
    return RoundBackends.ckks();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void keysPrintTheirPublicFingerprintOnly(String name) {
    CkksBackend backend = CkksBackends.byName(name);
    try (KeyPair keys = backend.generateKeys(CkksParameters.compact());
        Encryptor encryptor = backend.encryptor(keys.publicKey())) {
      String fingerprint = keys.publicKey().fingerprint().toString();
      assertThat(keys.secretKey())
          .hasToString("SecretKey[compact, of public key " + fingerprint + "]");
      assertThat(keys)
          .hasToString(
              "KeyPair[publicKey=PublicKey[compact, "
                  + fingerprint
                  + "], secretKey="
                  + keys.secretKey()
                  + "]");
      // a point between digits: the label of a key may have any digits by chance
      assertThat(encryptor.encrypt(new double[] {123.456}).toString())
          .doesNotContainPattern("\\d\\.\\d");
    }
  }

  @Test
  void aMaskedProgramPrintsDimensionsOnly() {
    Horizon horizon = Horizon.of(SixBus.CASE.limits(), 4, Sampling.FIRST);
    DesProgram program = new DesAssembler(SixBus.CASE, horizon).assembleAll().get(1);
    try (MaskedDes masked =
        MaskedDes.mask(program.program(), MaskSettings.HARDENED, new SecureRandom())) {
      String identity = Long.toString(masked.problem().mask());
      assertThat(masked.toString())
          .startsWith("MaskedDes[" + program.program().name())
          .doesNotContain(identity)
          .doesNotContainPattern("\\d\\.\\d"); // no value of a matrix
      double[] linear = new double[program.program().variableCount()];
      assertThat(masked.maskLinear(linear).toString()).doesNotContainPattern("\\d\\.\\d");
    }
  }

  @Test
  void messagesPrintNoPayload() {
    List<Object> messages = Collections.synchronizedList(new ArrayList<>());
    RunHooks recorder = Taps.reading(Message.class, messages::add);
    RunResult result =
        SixBus.run(
            SixBus.settings(Privacy.DUAL).toBuilder().maxIterations(1).threads(2).build(),
            recorder);
    assertThat(messages).isNotEmpty();
    assertThat(messages)
        .filteredOn(message -> message instanceof Boundary || message instanceof Report)
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message.toString())
                    .contains("bytes]")
                    .doesNotContainPattern("\\d\\.\\d"));
    assertThat(result.notices())
        .allSatisfy(told -> assertThat(told).doesNotContainPattern("\\d\\.\\d"));
    assertThat(result.settings().toString()).doesNotContainIgnoringCase("key");
  }
}
