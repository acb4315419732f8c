package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.ckks.java.JavaCkksBackend;
import io.dualgrid.fuzz.Mutations;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes whose checksum is put right, so that the checks behind it are what is tried. */
@OneRound
class WireFuzzTest {
  private static final CkksParameters PARAMETERS = CkksParameters.compact();

  private static byte[] sealed(byte[] mutant) {
    return mutant.length < WireBytes.MODULI ? mutant : WireBytes.of(mutant).sealed();
  }

  /** What is taken for a ciphertext is one: it has no other bytes, can be added and decrypted. */
  @Test
  void anyBytesOfACiphertextAreReadOrRefused() {
    CkksBackend backend = new JavaCkksBackend();
    try (KeyPair keys = backend.generateKeys(PARAMETERS);
        Encryptor encryptor = backend.encryptor(keys.publicKey());
        Evaluator evaluator = backend.evaluator(PARAMETERS);
        Decryptor decryptor = backend.decryptor(keys.secretKey())) {
      Ciphertext first = encryptor.encrypt(new double[] {1, 2, 3});
      Ciphertext second = encryptor.encrypt(new double[2000]);
      Mutations.each(
          3_000,
          List.of(first.toBytes(), second.toBytes(), keys.publicKey().toBytes()),
          mutant -> {
            byte[] bytes = sealed(mutant);
            try {
              Ciphertext read = Ciphertext.fromBytes(bytes, PARAMETERS);
              assertThat(read.toBytes()).isEqualTo(bytes);
              assertThat(
                      EvaluatorOnBytes.sum(
                          evaluator, ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes)))
                  .isEqualTo(evaluator.sum(read, read).toBytes());
              assertThat(decryptor.decrypt(read)).doesNotContain(Double.NaN);
            } catch (CkksException e) {
              assertThat(e.reason()).isNotNull();
            }
          });
    }
  }

  @Test
  void anyBytesOfAPublicKeyAreReadOrRefused() {
    CkksBackend backend = new JavaCkksBackend();
    try (KeyPair keys = backend.generateKeys(PARAMETERS)) {
      Mutations.each(
          3_000,
          List.of(keys.publicKey().toBytes()),
          mutant -> {
            byte[] bytes = sealed(mutant);
            try {
              assertThat(PublicKey.fromBytes(bytes, PARAMETERS).toBytes()).isEqualTo(bytes);
            } catch (CkksException e) {
              assertThat(e.reason()).isNotNull();
            }
          });
    }
  }
}
