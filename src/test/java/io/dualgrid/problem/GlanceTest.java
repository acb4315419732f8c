package io.dualgrid.network.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.util.List;
import org.junit.jupiter.api.Test;

@OneRound
class SessionServerTest {
  @Test
  void ofManySitesSomeAreNamed() {
    assertThat(SessionServer.atAGlance(List.of("site/a/1"))).isEqualTo("site/a/1");
    assertThat(SessionServer.atAGlance(List.of("1", "2", "3", "4", "5", "6", "7", "8")))
        .isEqualTo("1, 2, 3, 4, 5, 6, 7, 8");
    assertThat(SessionServer.atAGlance(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")))
        .isEqualTo("1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
  }
}
