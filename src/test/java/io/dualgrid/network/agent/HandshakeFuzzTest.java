package io.dualgrid.network.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.fuzz.Mutations;
import io.dualgrid.fuzz.TextMutations;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.run.RunSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What operator and sites say before a run, changed at random: it is read, or refused in words. */
@OneRound
class HandshakeFuzzTest {
  private static final byte[] HELLO =
      Json.bytes(new Hello(List.of(1, 2), "district", 4, "00ff", List.of(0, 20)));
  private static final byte[] TERMS =
      Json.bytes(
          new Terms(
              Versions.SPOKEN.get(0),
              1,
              2,
              3,
              RunSettings.defaults(),
              NetworkLimits.PUBLISHED,
              10));
  private static final byte[] OPENING = Json.bytes(new Opening(2, 20));

  private static final byte[] RELAY_HELLO =
      Json.bytes(new RelayHello(List.of(1, 2), "district", "1-30,45"));
  private static final byte[] CALL = Json.bytes(new RelayCall(new Opening(2, 20)));
  private static final byte[] WORD = RelayWord.lost("site/district/3", "gone").bytes();

  private static <T> void readOrRefused(byte[] sample, Class<T> kind, Function<T, Object> use) {
    String text = new String(sample, StandardCharsets.UTF_8);
    Mutations.each(
        5_000,
        List.of(HELLO, TERMS, OPENING, RELAY_HELLO, CALL, WORD),
        bytes -> {
          tried(bytes, kind, use);
          Random random = new Random(Arrays.hashCode(bytes));
          tried(TextMutations.mutant(random, text).getBytes(StandardCharsets.UTF_8), kind, use);
        });
  }

  private static <T> void tried(byte[] bytes, Class<T> kind, Function<T, Object> use) {
    try {
      assertThat(use.apply(Said.read(bytes, kind, "it cannot be read"))).isNotNull();
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void hellos() {
    readOrRefused(HELLO, Hello.class, hello -> Versions.choose(hello.versions()));
  }

  @Test
  void terms() {
    readOrRefused(TERMS, Terms.class, Terms::runName);
  }

  @Test
  void whatRelaysSay() {
    readOrRefused(RELAY_HELLO, RelayHello.class, RelayHello::nodes);
    readOrRefused(CALL, RelayCall.class, RelayCall::toString);
    readOrRefused(WORD, RelayWord.class, word -> word.sites().size() + word.kept().size());
  }

  @Test
  void openings() {
    readOrRefused(OPENING, Opening.class, Opening::epoch);
  }
}
