package io.dualgrid.network.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.java.JavaCkksBackend;
import io.dualgrid.fuzz.Mutations;
import io.dualgrid.protocol.AskResiduals;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.RelayLetter;
import io.dualgrid.protocol.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OneRound
class PackingFuzzTest {
  private static final int MOST = 1 << 20;

  private static final PairEncryptor.Pair PAIR = pair();

  private static PairEncryptor.Pair pair() {
    CkksBackend backend = new JavaCkksBackend();
    CkksParameters parameters = CkksParameters.compact();
    try (KeyPair own = backend.generateKeys(parameters);
        KeyPair other = backend.generateKeys(parameters);
        PairEncryptor encryptor = backend.encryptor(own.secretKey(), other.publicKey())) {
      return encryptor.encrypt(new double[72]);
    }
  }

  private static Payload payload(Ciphertext ciphertext) {
    return new Payload.Hidden(ciphertext.sharedBytes(), ciphertext.sharedSeeds());
  }

  private static byte[] letter(Message message) {
    return new Letter(new Envelope(message.type(), new RunId(1, 2), 3, 4, 5, 6, 7), message)
        .toBytes();
  }

  private static final Boundary COPY =
      new Boundary(1, true, payload(PAIR.own()), payload(PAIR.other()), new byte[16]);

  private static final Consensus SUM =
      new Consensus(1, true, 2, 3, payload(PAIR.other()), new byte[16]);

  /** A copy goes in 41 of 66 kB, and a consensus in 27 of 33. */
  @Test
  void lettersWithCiphertextsArriveAsTheyWereSentInFewerBytes() {
    for (Message message : List.of(COPY, new RelayLetter(1, 2, COPY))) {
      byte[] bytes = letter(message);
      byte[] packed = Packing.pack(bytes);
      assertThat(packed.length).isBetween(13653 + 27189, 13653 + 27189 + 150);
      assertThat(Packing.unpack(packed, MOST)).isEqualTo(bytes);
    }
    byte[] packed = Packing.pack(letter(SUM));
    assertThat(packed.length).isBetween(27189, 27189 + 120);
    assertThat(Packing.unpack(packed, MOST)).isEqualTo(letter(SUM));
  }

  /** What has no ciphertext, or one that is none, is left alone. */
  @Test
  void everythingElseCrossesAsItIs() {
    Payload plain = new Payload.Plain(new double[] {1, 2});
    Payload noCiphertext = new Payload.Hidden(new byte[300]);
    Stream.of(
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            letter(new AskResiduals(16, 0.5)),
            letter(new Boundary(1, true, plain, plain, new byte[0])))
        .forEach(bytes -> assertThat(Packing.pack(bytes)).isSameAs(bytes));
    byte[] none = letter(new Consensus(1, true, 2, 3, noCiphertext, new byte[16]));
    assertThat(Packing.unpack(Packing.pack(none), MOST)).isEqualTo(none);
  }

  /**
   * Seeds of other polynomials give other bytes, which no reader takes: their checksum is wrong.
   */
  @Test
  void aWrongSeedIsNotTakenForACiphertext() {
    byte[] seeds = PAIR.own().sharedSeeds().clone();
    seeds[0] ^= 1;
    Payload wrong = new Payload.Hidden(PAIR.own().sharedBytes(), seeds);
    Message message = new Consensus(1, true, 2, 3, wrong, new byte[16]);
    byte[] bytes = Packing.unpack(Packing.pack(letter(message)), MOST);
    Consensus read = (Consensus) Letter.fromBytes(bytes).message();
    ByteBuffer content = ((Payload.Hidden) read.consensus()).buffer();
    assertThatThrownBy(() -> Ciphertext.fromBytes(content, CkksParameters.compact()))
        .hasMessageContaining("checksum");
  }

  @Test
  void nobodyIsMadeToHoldMoreThanIsAllowed() {
    byte[] packed = Packing.pack(letter(SUM));
    assertThatThrownBy(() -> Packing.unpack(packed, letter(SUM).length - 1))
        .isInstanceOf(WireException.class);
    byte[] boast = {(byte) 0x80, 0x03, 0, 0, 0, -1, -1, -1, -1};
    assertThatThrownBy(() -> Packing.unpack(boast, 64 << 20)).isInstanceOf(WireException.class);
  }

  @Test
  void anyPackedBytesAreUnpackedOrRefused() {
    Mutations.each(
        3_000,
        List.of(Packing.pack(letter(COPY)), Packing.pack(letter(SUM))),
        mutant -> {
          try {
            assertThat(Packing.unpack(mutant, MOST).length)
                .isLessThanOrEqualTo(
                    Math.max(mutant.length, Math.min(MOST, 8 * mutant.length + 7)));
          } catch (WireException e) {
            assertThat(e.getMessage()).isNotEmpty();
          }
        });
  }
}
