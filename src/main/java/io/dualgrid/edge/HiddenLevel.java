package io.dualgrid.edge;

import io.dualgrid.keys.SecureStream;
import java.security.SecureRandom;

/**
 * A yes that a sum hides the number of: zero means no, and any other number yes. It spans sixty
 * binary orders, so that the sum says little of how many have said yes besides that somebody has.
 */
final class HiddenLevel {
  private static final int LEAST_EXPONENT = -30;
  private static final int EXPONENTS = 60;

  private final SecureStream random = new SecureStream(new SecureRandom());

  /** A yes. */
  double yes() {
    return Math.scalb(1.0 + random.nextDouble(), LEAST_EXPONENT + random.nextInt(EXPONENTS));
  }
}
