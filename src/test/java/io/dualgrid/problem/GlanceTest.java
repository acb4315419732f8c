package io.dualgrid.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.util.List;
import org.junit.jupiter.api.Test;

@OneRound
class GlanceTest {
  @Test
  void ofManySomeAreNamed() {
    assertThat(Glance.at(List.of("site/a/1"), 8)).isEqualTo("site/a/1");
    assertThat(Glance.at(List.of("1", "2", "3", "4", "5", "6", "7", "8"), 8))
        .isEqualTo("1, 2, 3, 4, 5, 6, 7, 8");
    assertThat(Glance.at(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), 8))
        .isEqualTo("1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
  }
}
