package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.CkksException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CkksParametersTest {
  static Stream<CkksParameters> parameterSets() {
    return Stream.of(CkksParameters.compact(), CkksParameters.published());
  }

  private static CkksParameters.Literal literal(
      int degree, List<Integer> bits, int special, int scale, int weight, int bound) {
    return new CkksParameters.Literal("test", degree, bits, special, scale, weight, bound);
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void everyModulusIsAPrimeThatTheTransformNeeds(CkksParameters parameters) {
    for (long q : parameters.moduli()) {
      assertThat(BigInteger.valueOf(q).isProbablePrime(100)).isTrue();
      assertThat(q % (2L * parameters.ringDegree())).isEqualTo(1);
    }
    assertThat(parameters.moduli()).doesNotHaveDuplicates();
  }

  /** The product of the moduli, not the sum of their nominal sizes, against table 5.2. */
  @ParameterizedTest
  @CsvSource({"COMPACT, 53", "PUBLISHED, 214"})
  void everySetStaysWithinTheGuidelines(ParameterSet set, int bits) {
    BigInteger product = BigInteger.ONE;
    for (long q : set.parameters().moduli()) {
      product = product.multiply(BigInteger.valueOf(q));
    }
    assertThat(product.bitLength()).isLessThanOrEqualTo(bits);
  }

  @Test
  void thePublishedSetIsThatOfTheStudy() {
    CkksParameters published = CkksParameters.published();
    assertThat(published.ringDegree()).isEqualTo(8192);
    assertThat(published.log2Scale()).isEqualTo(40);
    assertThat(Arrays.stream(published.moduli()).map(q -> Long.SIZE - Long.numberOfLeadingZeros(q)))
        .containsExactly(60L, 40L, 40L, 60L);
    assertThat(published.hasSpecialModulus()).isTrue();
    assertThat(published.operatorWeights()).isTrue();
  }

  /** ePrint 2024/463, table 5.2: classical attackers, uniform ternary secrets. */
  @ParameterizedTest
  @CsvSource({"2048, 53", "4096, 106", "8192, 214", "16384, 430", "32768, 868"})
  void theSecurityBoundsAreThoseOfTheGuidelines(int degree, int bits) {
    assertThat(SecurityBound.maxModulusBits(degree)).isEqualTo(bits);
  }

  @Test
  void parametersBelow128BitsAreRefusedAndTheBoundNamed() {
    assertInsecure(literal(2048, List.of(54), 0, 41, 0, 10), "54 bits", "allows 53");
    // the special prime counts, since keys carry it
    assertInsecure(literal(4096, List.of(53), 54, 30, 0, 10), "107 bits", "allows 106");
    assertInsecure(literal(1024, List.of(20), 0, 10, 0, 2), "1024", "no 128-bit bound");
    assertInsecure(literal(512, List.of(20), 0, 10, 0, 2), "512", "no 128-bit bound");
    assertInsecure(literal(3000, List.of(20), 0, 10, 0, 2), "3000", "no 128-bit bound");
  }

  private static void assertInsecure(CkksParameters.Literal literal, String... words) {
    assertThatThrownBy(() -> CkksParameters.of(literal))
        .isInstanceOfSatisfying(
            CkksException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INSECURE_PARAMETERS))
        .hasMessageContainingAll(words);
  }

  @Test
  void parametersThatCannotWorkAreRefused() {
    for (CkksParameters.Literal bad :
        List.of(
            literal(2048, List.of(), 0, 41, 0, 10),
            literal(2048, List.of(19), 0, 5, 0, 2),
            literal(4096, List.of(61), 0, 41, 0, 10),
            literal(2048, List.of(53), 0, 0, 0, 9),
            literal(2048, List.of(53), 0, 41, -1, 9),
            literal(2048, List.of(53), 0, 41, 0, -1),
            literal(8192, List.of(60, 60), 0, 52, 0, 10),
            // scale, bound and two terms leave no free half: 41 + 10 + 1 of 51
            literal(2048, List.of(53), 0, 41, 0, 10),
            literal(2048, List.of(53), 0, 41, 20, 9))) {
      assertThatIllegalArgumentException().isThrownBy(() -> CkksParameters.of(bad));
    }
    assertThat(CkksParameters.of(literal(2048, List.of(53), 0, 41, 0, 9)).maxTerms()).isEqualTo(2);
  }

  /**
   * The consensus z is a sum of two encryptions; the stopping rule asks for 1e-5 in per unit, and
   * the encryption must stay two orders below that for every value that can be encrypted.
   */
  @ParameterizedTest
  @MethodSource("parameterSets")
  void theErrorOfZIsTwoOrdersBelowTheStoppingTolerance(CkksParameters parameters) {
    assertThat(parameters.errorBound(2)).isLessThan(1e-5 / 100);
    // half of it is for what flows, see EncryptionRange: 256 MW a line on a base of 1 MVA
    assertThat(parameters.valueBound()).isGreaterThanOrEqualTo(512);
  }

  @Test
  void theBoundOnTheErrorIsTheOneWorkedOutByHand() {
    // sqrt(10.5 · (4·2048/3 + 1) + 1/12) · sqrt(1024) / 2^41, see freshErrorDeviation
    assertThat(CkksParameters.compact().freshErrorDeviation()).isBetween(2.46e-9, 2.47e-9);
    // sqrt((1 + 2·8192/3)/12 + 1/12) · sqrt(4096) / 2^40; the special prime leaves its rounding
    // only
    assertThat(CkksParameters.published().freshErrorDeviation()).isBetween(1.24e-9, 1.25e-9);
  }

  @Test
  void anyDifferenceGivesAnotherId() {
    List<CkksParameters> different =
        List.of(
            CkksParameters.compact(),
            CkksParameters.published(),
            CkksParameters.of(literal(2048, List.of(53), 0, 41, 0, 8)),
            CkksParameters.of(literal(2048, List.of(53), 0, 40, 0, 9)),
            CkksParameters.of(literal(2048, List.of(52), 0, 40, 0, 9)),
            CkksParameters.of(literal(4096, List.of(53), 0, 41, 0, 9)),
            CkksParameters.of(literal(4096, List.of(53), 53, 41, 0, 9)),
            CkksParameters.of(literal(8192, List.of(60, 40, 40), 60, 41, 39, 10)));
    assertThat(different).extracting(CkksParameters::id).doesNotHaveDuplicates();
    // the name is for people
    assertThat(CkksParameters.of(literal(2048, List.of(53), 0, 41, 0, 9)).id())
        .isEqualTo(CkksParameters.compact().id());
  }
}
