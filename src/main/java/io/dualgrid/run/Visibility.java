package io.dualgrid.run;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.mask.MaskKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each party could see in a run, in words. */
final class Visibility {
  /** What a mask is, in the words of the threat model. */
  private static final String OBFUSCATION =
      "The mask is obfuscation, towards a cloud that does not look: one that knows which devices"
          + " there are reads loadings, limits, loads and costs through it (see dualgrid audit);"
          + " with --privacy ckks it sees nothing";

  private Visibility() {}

  static Map<String, String> of(RunSettings settings) {
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put(
        "neighbours",
        "flow and voltage on the line they share, at both ends, in every mode: the line is common");
    seen.put("operator", operator(settings));
    seen.put("cloud", cloud(settings));
    return seen;
  }

  private static String operator(RunSettings settings) {
    if (!settings.privacy().encryptsMessages()) {
      return "topology, weights, and every boundary value, residual and cost of each energy system";
    }
    if (settings.algorithm() == Algorithm.NEWTON
        && settings.sensitivities() == Sensitivities.ROOT) {
      return "topology, public keys, ciphertexts, prices and steps, which limits have entered;"
          + " sums over all energy systems only the root can read";
    }
    return "topology, weights, public keys, ciphertexts, and sums over all energy systems"
        + (settings.algorithm() == Algorithm.ACCELERATED
            ? ", some over those at even and those at odd depths"
            : "");
  }

  private static String cloud(RunSettings settings) {
    if (!settings.privacy().masksPrograms()) {
      return "nothing: every energy system solves its own program";
    }
    return showsRows(settings)
        ? "each program up to a rotation: its rows in their order, their lengths and angles, the"
            + " limits less a shift, the eigenvalues of its quadratic term, its objective but for a"
            + " constant, and when an energy system solves"
        : "each program up to an affine map and scale, and when an energy system solves. "
            + OBFUSCATION;
  }

  /** Whether masks are of the kind that a guessed device library sees through. */
  static boolean showsRows(RunSettings settings) {
    return settings.privacy().masksPrograms() && settings.mask() == MaskKind.PUBLISHED;
  }
}
