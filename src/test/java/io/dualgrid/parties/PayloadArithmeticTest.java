package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PayloadArithmeticTest {
  @Test
  void copiesOfDifferentLengthsAreRefused() {
    Payload two = new Payload.Plain(new double[2]);
    Payload three = new Payload.Plain(new double[3]);
    assertThatThrownBy(() -> PayloadArithmetic.PLAIN.combine(two, 0.5, three, 0.5))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("copies of 2 and 3 values cannot be added");
    assertThatThrownBy(() -> PayloadArithmetic.PLAIN.combine(three, 0.5, two, 0.5))
        .isInstanceOf(ProtocolException.class);
  }
}
