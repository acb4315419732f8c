package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.AgreementKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineTagsTest {
  private static final byte[] RUN = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LINE = 5;
  private static final int VALUES = 72;
  private static final double WEIGHT = 0.5;

  /** One line: both ends' tags, and what encrypts under the upper end's key. */
  private static final class Ends implements AutoCloseable {
    final CkksParameters parameters;
    final CkksBackend backend = CkksBackends.byName("java");
    final KeyPair upperKeys;
    final KeyPair lowerKeys;
    final LineTags upper;
    final LineTags lower;
    final Transcript transcript = new Transcript(RUN, 1);

    Ends(CkksParameters parameters) {
      this.parameters = parameters;
      upperKeys = backend.generateKeys(parameters);
      lowerKeys = backend.generateKeys(parameters);
      AgreementKey a = AgreementKey.generate();
      AgreementKey b = AgreementKey.generate();
      try (LineSecret up = LineSecret.agree(a, b.publicKey(), false, RUN, 1, LINE);
          LineSecret low = LineSecret.agree(b, a.publicKey(), true, RUN, 1, LINE)) {
        upper = new LineTags(up, LINE, false, parameters, VALUES);
        lower = new LineTags(low, LINE, true, parameters, VALUES);
      }
    }

    Ciphertext encrypt(KeyPair under, double value) {
      double[] values = new double[VALUES];
      Arrays.fill(values, value);
      try (Encryptor encryptor = backend.encryptor(under.publicKey())) {
        return encryptor.encrypt(values);
      }
    }

    Ciphertext sum(Ciphertext first, Ciphertext second) {
      try (Evaluator evaluator = backend.evaluator(parameters)) {
        return parameters.operatorWeights()
            ? evaluator.weightedSum(new double[] {WEIGHT, WEIGHT}, first, second)
            : evaluator.sum(first, second);
      }
    }

    Sent send(LineTags from, KeyPair own, KeyPair other, Round round, double value) {
      Ciphertext forOwn = encrypt(own, value);
      Ciphertext forOther = encrypt(other, value);
      return new Sent(forOwn, forOther, from.tag(round, transcript.hash(), forOwn, forOther));
    }

    Sent sendUpper(Round round, double value) {
      return send(upper, upperKeys, lowerKeys, round, value);
    }

    Sent sendLower(Round round, double value) {
      return send(lower, lowerKeys, upperKeys, round, value);
    }

    /** The upper end's check of what an honest operator would make of two messages. */
    void checkUpper(Sent up, Sent low, Round lowRound) {
      checkUpper(sum(up.forOwn, low.forOther), low.tag, lowRound);
    }

    void checkUpper(Ciphertext sum, Tag tag, Round lowRound) {
      upper.check(sum, tag, lowRound, transcript.hash(), WEIGHT, WEIGHT);
    }

    @Override
    public void close() {
      upper.close();
      lower.close();
      upperKeys.close();
      lowerKeys.close();
    }
  }

  private record Sent(Ciphertext forOwn, Ciphertext forOther, Tag tag) {}

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
    assertThatThrownBy(check)
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContainingAll("line " + LINE, "it was not decrypted");
  }

  @ParameterizedTest
  @EnumSource
  void theSumOfWhatBothSentPassesAtBothEnds(ParameterSet set) {
    try (Ends line = new Ends(set.parameters())) {
      Round first = new Round(1, 1);
      Round second = new Round(1, 2);
      Sent up = line.sendUpper(first, 1.5);
      Sent low = line.sendLower(second, -0.25);
      assertThatCode(() -> line.checkUpper(up, low, second)).doesNotThrowAnyException();
      Tag tag = up.tag;
      Tag arrived = Tag.fromBytes(tag.toBytes(), line.parameters);
      assertThat(arrived).isEqualTo(tag);
      assertThatCode(
              () ->
                  line.lower.check(
                      line.sum(up.forOther, low.forOwn),
                      arrived,
                      first,
                      line.transcript.hash(),
                      WEIGHT,
                      WEIGHT))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverElseIsRefused(ParameterSet set) {
    try (Ends line = new Ends(set.parameters())) {
      Round old = new Round(1, 1);
      Round now = new Round(2, 1);
      Sent oldLow = line.sendLower(old, 3.0);
      final Sent oldUp = line.sendUpper(old, 3.0);
      Sent low = line.sendLower(now, 2.0);
      final Sent up = line.sendUpper(now, 1.0);
      Tag honest = low.tag;
      Ciphertext sum = line.sum(up.forOwn, low.forOther);

      // crafted: encrypted by the operator under the public key, which everybody has
      assertRefused(
          () ->
              line.checkUpper(line.sum(up.forOwn, line.encrypt(line.upperKeys, 7.0)), honest, now));
      // older ones, with the tags that they had
      assertRefused(() -> line.checkUpper(up, oldLow, now));
      assertRefused(() -> line.checkUpper(oldUp, low, now));
      assertRefused(() -> line.checkUpper(oldUp, oldLow, now));
      // a message twice in the sum, and the neighbour's alone
      assertRefused(() -> line.checkUpper(line.sum(low.forOther, low.forOther), low.tag, now));
      // the neighbour's part alone, or the own
      assertRefused(() -> line.checkUpper(low.forOther, low.tag, now));
      assertRefused(() -> line.checkUpper(up.forOwn, low.tag, now));
      // other weights than agreed
      if (line.parameters.operatorWeights()) {
        try (Evaluator evaluator = line.backend.evaluator(line.parameters)) {
          Ciphertext skewed =
              evaluator.weightedSum(new double[] {0.75, 0.25}, up.forOwn, low.forOther);
          assertRefused(() -> line.checkUpper(skewed, honest, now));
        }
      }
      // what is meant for the other end, which this end's keys and header do not fit either
      assertRefused(() -> line.checkUpper(line.sum(up.forOther, low.forOwn), up.tag, now));
      // told something else
      byte[] other = new Transcript(RUN, 2).hash();
      assertRefused(() -> line.upper.check(sum, honest, now, other, WEIGHT, WEIGHT));
      assertRefused(
          () ->
              line.upper.check(
                  sum, honest, new Round(2, 2), line.transcript.hash(), WEIGHT, WEIGHT));

      // after all that, the true one still passes
      assertThatCode(() -> line.checkUpper(sum, honest, now)).doesNotThrowAnyException();
    }
  }

  /** Every word of the tag counts, and every 97th residue of the sum, by as little as one. */
  @ParameterizedTest
  @EnumSource
  void everyChangeOfTagOrResidueIsSeen(ParameterSet set) {
    try (Ends line = new Ends(set.parameters())) {
      Round now = new Round(1, 1);
      Sent low = line.sendLower(now, 2.0);
      Sent up = line.sendUpper(now, 1.0);
      Tag honest = low.tag;
      Ciphertext sum = line.sum(up.forOwn, low.forOther);
      for (int i = 0; i < honest.toBytes().length; i += Long.BYTES) {
        byte[] changed = honest.toBytes();
        changed[i] ^= 1;
        Tag forged = Tag.fromBytes(changed, line.parameters);
        assertRefused(() -> line.checkUpper(sum, forged, now));
      }
      Residues residues = sum.sharedResidues();
      for (int i = 0; i < residues.length(); i += 97) {
        long kept = residues.get(i);
        residues.set(i, kept == 0 ? 1 : kept - 1);
        assertRefused(() -> line.checkUpper(sum, honest, now));
        residues.set(i, kept);
      }
      line.checkUpper(sum, honest, now);
    }
  }

  @Test
  void bytesThatAreNoTagAreRefused() {
    CkksParameters compact = CkksParameters.compact();
    byte[] bytes = new byte[Tag.bytes(compact)];
    assertThatCode(() -> Tag.fromBytes(bytes, compact)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Tag.fromBytes(Arrays.copyOf(bytes, bytes.length - 1), compact))
        .isInstanceOf(AuthenticationException.class);
    for (byte high : new byte[] {(byte) 0x80, 0x20}) {
      byte[] beyond = bytes.clone();
      beyond[7] = high; // negative, and 2^61
      assertThatThrownBy(() -> Tag.fromBytes(beyond, compact))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("not below its modulus");
    }
  }

  @Test
  void aRoundIsTaggedOnce() {
    try (Ends line = new Ends(CkksParameters.compact())) {
      line.sendUpper(new Round(3, 2), 1.0);
      for (Round used : List.of(new Round(3, 2), new Round(3, 1), new Round(2, 9))) {
        assertThatThrownBy(() -> line.sendUpper(used, 1.0))
            .isInstanceOf(IllegalStateException.class);
      }
      line.sendUpper(new Round(3, 3), 1.0);
    }
  }

  @Test
  void aConsensusBeforeTheOwnCopyIsRefused() {
    try (Ends line = new Ends(CkksParameters.compact())) {
      Sent low = line.sendLower(new Round(1, 1), 1.0);
      assertThatThrownBy(() -> line.checkUpper(low.forOther, low.tag, new Round(1, 1)))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("before this end has sent");
    }
  }

  /** Pads of two rounds are independent: the difference of two tags is not that of the hashes. */
  @Test
  void tagsOfTheSameCiphertextDifferByRoundTranscriptLineEpochRunAndDirection() {
    CkksParameters compact = CkksParameters.compact();
    AgreementKey a = AgreementKey.generate();
    AgreementKey b = AgreementKey.generate();
    KeyPair keys = CkksBackends.byName("java").generateKeys(compact);
    byte[] otherRun = "0123456789abcdeX".getBytes(StandardCharsets.US_ASCII);
    Transcript told = new Transcript(RUN, 1);
    final byte[] before = told.hash();
    told.absorb(new byte[] {1});
    List<Tag> tags = new ArrayList<>();
    try (Encryptor encryptor = CkksBackends.byName("java").encryptor(keys.publicKey())) {
      Ciphertext c = encryptor.encrypt(new double[VALUES]);
      record Way(byte[] run, int epoch, int line, Round round, byte[] transcript) {}

      for (Way way :
          List.of(
              new Way(RUN, 1, 1, new Round(1, 1), before),
              new Way(RUN, 1, 1, new Round(1, 2), before),
              new Way(RUN, 1, 1, new Round(2, 1), before),
              new Way(RUN, 1, 1, new Round(1, 1), told.hash()),
              new Way(RUN, 1, 2, new Round(1, 1), before),
              new Way(RUN, 2, 1, new Round(1, 1), before),
              new Way(otherRun, 1, 1, new Round(1, 1), before))) {
        try (LineSecret key =
                LineSecret.agree(a, b.publicKey(), false, way.run, way.epoch, way.line);
            LineTags end = new LineTags(key, way.line, false, compact, VALUES)) {
          tags.add(end.tag(way.round, way.transcript, c, c));
        }
      }
      try (LineSecret key = LineSecret.agree(b, a.publicKey(), true, RUN, 1, 1);
          LineTags end = new LineTags(key, 1, true, compact, VALUES)) {
        tags.add(end.tag(new Round(1, 1), before, c, c));
      }
    } finally {
      keys.close();
    }
    assertThat(tags).doesNotHaveDuplicates();
  }

  @Test
  void aKeyOfTheNeighbourThatGivesNoSecretIsNamed() {
    assertThatThrownBy(
            () -> LineSecret.agree(AgreementKey.generate(), new byte[32], true, RUN, 1, LINE))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("line " + LINE);
  }
}
