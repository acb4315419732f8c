package io.dualgrid.network.agent;

import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.Envelope;
import java.util.List;

/** Versions of the protocol: the newest that both sides speak is taken. */
final class Versions {
  /** What this release speaks. */
  static final List<Integer> SPOKEN = List.of(Envelope.VERSION);

  private Versions() {}

  /**
   * Chooses.
   *
   * @param theirs what the other side speaks
   * @throws WireException when there is none in common
   */
  static int choose(List<Integer> theirs) {
    return theirs.stream()
        .filter(SPOKEN::contains)
        .max(Integer::compare)
        .orElseThrow(
            () ->
                new WireException(
                    "the operator speaks versions "
                        + SPOKEN
                        + " of the protocol, not "
                        + theirs
                        + ": take the same release of dualgrid"));
  }
}
