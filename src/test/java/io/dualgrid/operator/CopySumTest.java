package io.dualgrid.operator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class CopySumTest {
  private static final IntFunction<Payload.Hidden> NO_ROOM =
      length -> {
        throw new AssertionError("numbers in the clear take none");
      };

  @Test
  void copiesOfDifferentLengthsAreRefused() {
    Payload two = new Payload.Plain(new double[2]);
    Payload three = new Payload.Plain(new double[3]);
    assertThatThrownBy(() -> CopySum.PLAIN.combine(two, 0.5, three, 0.5, NO_ROOM))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("copies of 2 and 3 values cannot be added");
    assertThatThrownBy(() -> CopySum.PLAIN.combine(three, 0.5, two, 0.5, NO_ROOM))
        .isInstanceOf(ProtocolException.class);
  }
}
