package io.dualgrid.parties;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;

/** What an energy system can ask of a cloud: only masked messages go either way. Thread safe. */
public interface CloudService {

  /** Sets up a masked problem. */
  void accept(MaskedProblem problem);

  /** Drops a masked problem; unknown masks are ignored. */
  void forget(long mask);

  /** Solves a masked problem with a new linear term. */
  MaskedAnswer solve(MaskedLinearTerm term);
}
