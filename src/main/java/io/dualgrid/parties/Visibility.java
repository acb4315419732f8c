package io.dualgrid.parties;

import java.util.LinkedHashMap;
import java.util.Map;

/** What each party could see in a privacy mode, in words. */
final class Visibility {
  private Visibility() {}

  static Map<String, String> of(Privacy privacy) {
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put(
        "neighbours",
        "flow and voltage on the line they share, at both ends, in every mode: the line is common");
    seen.put(
        "operator",
        privacy.encryptsMessages()
            ? "topology, weights, public keys, ciphertexts, and sums over all energy systems"
            : "topology, weights, and every boundary value, residual and cost of each energy system");
    seen.put(
        "cloud",
        privacy.masksPrograms()
            ? "each program up to an affine map and scale: counts, parallel rows and other affine"
                + " invariants, and when an energy system solves"
            : "nothing: every energy system solves its own program");
    return seen;
  }
}
