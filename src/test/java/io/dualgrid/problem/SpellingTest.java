package io.dualgrid.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.Samples;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  // the last is 2 by free edits after a swap, and 3 where a swapped pair is not edited again
  @ParameterizedTest
  @CsvSource({
    "run, run, 0",
    "rnu, run, 1",
    "rn, run, 1",
    "runn, run, 1",
    "kitten, sitting, 3",
    "saturday, sunday, 3",
    "'', abc, 3",
    "ca, abc, 3"
  })
  void distanceCountsEdits(String a, String b, int edits) {
    assertThat(Spelling.distance(a, b)).isEqualTo(edits);
    assertThat(Spelling.distance(b, a)).isEqualTo(edits);
  }

  @Test
  void nearestWordsComeFirst() {
    List<String> words = List.of("--privacy", "--print-fingerprints", "--steps", "--stopping");
    assertThat(Spelling.near("--privacu", words)).containsExactly("--privacy");
    assertThat(Spelling.near("--PRIVACY", words)).containsExactly("--privacy");
    assertThat(Spelling.near("--st", words)).startsWith("--steps").contains("--stopping");
    assertThat(Spelling.near("--gap", words)).isEmpty();
    assertThat(Spelling.near("", words)).isEmpty();
    assertThat(Spelling.question("yingkou60", List.of("6-bus", "yingkou-60")))
        .isEqualTo("did you mean yingkou-60?");
    assertThat(Spelling.question("elsewhere", List.of("6-bus", "yingkou-60"))).isEmpty();
  }

  /** By its definition, for words of which every pair of ends is looked at again and again. */
  private static int defined(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String shortA = a.substring(1);
    String shortB = b.substring(1);
    int best = defined(shortA, shortB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
    best = Math.min(best, 1 + Math.min(defined(shortA, b), defined(a, shortB)));
    boolean swapped =
        a.length() > 1
            && b.length() > 1
            && a.charAt(0) == b.charAt(1)
            && a.charAt(1) == b.charAt(0);
    return swapped ? Math.min(best, 1 + defined(a.substring(2), b.substring(2))) : best;
  }

  private static String word(Random random) {
    return random
        .ints(random.nextInt(6), 'a', 'd')
        .mapToObj(letter -> String.valueOf((char) letter))
        .collect(Collectors.joining());
  }

  @Test
  void distanceIsThatOfItsDefinition() {
    Samples.hold(
        500,
        random -> {
          String a = word(random);
          String b = word(random);
          assertThat(Spelling.distance(a, b)).as("%s, %s", a, b).isEqualTo(defined(a, b));
        });
  }
}
