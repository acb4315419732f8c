package io.dualgrid.mask.attack;

import io.dualgrid.mask.GuessedSystem;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QuadraticProgram;
import java.security.SecureRandom;

/**
 * One masked problem with the truth about its rows.
 *
 * @param problem as the cloud sees it
 * @param term the linear term of the program, as the cloud sees it
 * @param kinds for each masked row its kind, null for a redundant row
 * @param sources for each masked row the number of what it stands for, the same under every mask of
 *     the program, −1 for a redundant row
 */
record MaskSample(MaskedProblem problem, MaskedLinearTerm term, String[] kinds, int[] sources) {

  /** Draws a mask of a program. */
  static MaskSample draw(
      QuadraticProgram program,
      GuessedSystem guess,
      String[] rowKinds,
      MaskSettings settings,
      SecureRandom random) {
    try (MaskedDes masked = MaskedDes.mask(program, settings, random)) {
      MaskedProblem problem = masked.problem();
      int[] slabs = masked.revealRowsForAudit();
      String[] kinds = new String[slabs.length];
      for (int j = 0; j < slabs.length; j++) {
        kinds[j] = slabs[j] < 0 ? null : rowKinds[guess.sourceRows()[slabs[j]]];
      }
      return new MaskSample(problem, masked.maskLinear(program.linear()), kinds, slabs);
    }
  }

  DenseRows rows() {
    return DenseRows.of(problem);
  }
}
