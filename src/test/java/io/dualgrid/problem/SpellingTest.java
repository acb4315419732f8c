package io.dualgrid.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
