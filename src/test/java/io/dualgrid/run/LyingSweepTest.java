package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.Taps;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.protocol.TreeSum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator that tells ends of lines other sums along the tree than it was to form. Lines of
 * 6-bus, by their lower ends: 1 and 3 hang at the root (node 0 of the case's order), and the others
 * below.
 */
class LyingSweepTest {
  private static final int NUMBER_BYTES = 16;

  /** Adds something to the first number of some sums on their way. */
  private static final class LyingTap implements MessageTap {
    private final Set<Integer> lines;
    private final Set<Boolean> ends; // whether lower ones
    private final boolean paths; // sums along paths, else those over subtrees
    private final BigInteger shift;
    private final Map<Integer, Integer> heard = new HashMap<>(); // by line, lower end, this phase
    private final List<Message> after = new ArrayList<>();
    private long phase = -1;
    private boolean lied;

    LyingTap(Set<Integer> lines, Set<Boolean> ends, boolean paths, BigInteger shift) {
      this.lines = lines;
      this.ends = ends;
      this.paths = paths;
      this.shift = shift;
    }

    @Override
    public synchronized List<byte[]> pass(Way way, int edge, byte[] bytes) {
      Letter letter = Letter.fromBytes(bytes);
      if (way == Way.TO_OPERATOR && lied) {
        after.add(letter.message());
      }
      if (way != Way.FROM_OPERATOR || !(letter.message() instanceof TreeSum sum)) {
        return List.of(bytes);
      }
      long now = 1000L * letter.envelope().iteration() + letter.envelope().phase();
      if (now != phase) {
        phase = now;
        heard.clear();
      }
      boolean path = sum.toDownstream() && heard.merge(sum.line(), 1, Integer::sum) == 2;
      if (path != paths || !lines.contains(sum.line()) || !ends.contains(sum.toDownstream())) {
        return List.of(bytes);
      }
      lied = true;
      TreeSum untrue = new TreeSum(sum.line(), sum.toDownstream(), shifted(sum.numbers()));
      return List.of(new Letter(letter.envelope(), untrue).toBytes());
    }

    private byte[] shifted(byte[] numbers) {
      byte[] first = new byte[NUMBER_BYTES];
      for (int i = 0; i < NUMBER_BYTES; i++) {
        first[i] = numbers[NUMBER_BYTES - 1 - i];
      }
      BigInteger sum = new BigInteger(1, first).add(shift).mod(BigInteger.ONE.shiftLeft(128));
      byte[] shifted = numbers.clone();
      for (int i = 0; i < NUMBER_BYTES; i++) {
        shifted[i] = sum.shiftRight(8 * i).byteValue();
      }
      return shifted;
    }
  }

  static Stream<Arguments> settings() {
    return RoundBackends.ckks()
        .flatMap(
            backend ->
                Stream.of(Algorithm.ACCELERATED, Algorithm.NEWTON)
                    .map(
                        algorithm ->
                            Arguments.of(
                                SixBus.settings(Privacy.CKKS).toBuilder()
                                    .qpBackend("java")
                                    .ckksBackend(backend)
                                    .algorithm(algorithm)
                                    .maxIterations(30)
                                    .threads(2)
                                    .build())));
  }

  private static RunResult run(RunSettings settings, LyingTap tap) {
    RunResult result = SixBus.run(settings, Taps.hooks(tap));
    assertThat(tap.lied).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    return result;
  }

  /** From the least there is to what makes numbers leave their range, up or down. */
  private static List<BigInteger> shifts() {
    return List.of(
        BigInteger.ONE,
        BigInteger.ONE.shiftLeft(70),
        BigInteger.ONE.shiftLeft(105),
        BigInteger.ONE.shiftLeft(127).negate());
  }

  private static Set<Integer> linesToTheRoot(int line) {
    Map<Integer, Integer> above = new HashMap<>();
    for (int k = 0; k < SixBus.CASE.lines().size(); k++) {
      above.put(SixBus.CASE.lines().get(k).to(), k);
    }
    Set<Integer> lines = new TreeSet<>();
    for (Integer k = line; k != null; k = above.get(SixBus.CASE.lines().get(k).from())) {
      lines.add(k);
    }
    return lines;
  }

  private static int deepestLine() {
    int deepest = 0;
    for (int k = 0; k < SixBus.CASE.lines().size(); k++) {
      deepest = linesToTheRoot(k).size() > linesToTheRoot(deepest).size() ? k : deepest;
    }
    return deepest;
  }

  /** A node knows the sum over its subtree from those of the lines below it. */
  @ParameterizedTest
  @MethodSource("settings")
  void anotherSumForALowerEndIsRefused(RunSettings settings) {
    for (BigInteger shift : shifts()) {
      LyingTap tap = new LyingTap(Set.of(deepestLine()), Set.of(true), false, shift);
      RunResult result = run(settings, tap);
      assertThat(result.notices())
          .anyMatch(
              notice ->
                  notice.contains("line " + deepestLine() + ": what the operator says flows over"));
      assertThat(tap.after).contains(new Abort(AbortCode.NOT_AUTHENTIC));
    }
  }

  /**
   * As if more were drawn below a line, for all above it: each of them finds its sums in order, and
   * none stops. What they report adds up to noise, whether the lie was small or left the range.
   */
  @OneRound
  @ParameterizedTest
  @MethodSource("settings")
  void anotherStoryForAllAboveALineMakesNoiseOfTheTotal(RunSettings settings) {
    int line = deepestLine();
    Set<Integer> above = linesToTheRoot(line);
    above.remove(line);
    for (BigInteger shift : shifts()) {
      LyingTap tap = new LyingTap(above, Set.of(true, false), false, shift);
      LyingTap below = new LyingTap(Set.of(line), Set.of(false), false, shift);
      MessageTap both =
          (way, edge, bytes) -> below.pass(way, edge, tap.pass(way, edge, bytes).get(0));
      RunResult result = SixBus.run(settings, Taps.hooks(both));
      assertThat(tap.lied).isTrue();
      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.notices()).anyMatch(notice -> notice.contains("the masks do not cancel"));
      assertThat(tap.after).noneMatch(message -> isRefusal(message));
    }
  }

  /** Voltages, or prices, of one node other than its neighbour above adds up to. */
  @OneRound
  @ParameterizedTest
  @MethodSource("settings")
  void anotherSumAlongAPathMakesNoiseOfTheTotal(RunSettings settings) {
    for (BigInteger shift : shifts()) {
      LyingTap tap = new LyingTap(Set.of(deepestLine()), Set.of(true), true, shift);
      RunResult result = run(settings, tap);
      assertThat(result.notices()).anyMatch(notice -> notice.contains("the masks do not cancel"));
      // whether the node stops must not depend on what was hidden
      assertThat(tap.after).noneMatch(LyingSweepTest::isRefusal);
      assertThat(tap.after).anyMatch(message -> message instanceof Report);
    }
  }

  private static boolean isRefusal(Message message) {
    return message instanceof Abort abort && abort.code() == AbortCode.NOT_AUTHENTIC;
  }

  /** A part that comes twice, or from who is not at the line's end, ends the run. */
  @ParameterizedTest
  @MethodSource("settings")
  void sumsThatAreNotDueAreRefused(RunSettings settings) {
    boolean[] told = {false};
    MessageTap tap =
        (way, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          if (way == Way.TO_OPERATOR && letter.message() instanceof TreePart part && !told[0]) {
            told[0] = true;
            TreePart other = new TreePart(part.line(), !part.fromDownstream(), part.numbers());
            return List.of(new Letter(letter.envelope(), other).toBytes());
          }
          return List.of(bytes);
        };
    RunResult result = SixBus.run(settings, Taps.hooks(tap));
    assertThat(told[0]).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(notice -> notice.contains("not now: TREE_PART"));
  }
}
