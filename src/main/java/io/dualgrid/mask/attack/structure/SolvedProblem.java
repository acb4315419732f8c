package io.dualgrid.mask.attack.structure;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;

/**
 * All that a cloud has of one masked program at one iteration.
 *
 * @param problem as it was sent
 * @param term the linear term of the iteration
 * @param answer the cloud's own
 */
public record SolvedProblem(MaskedProblem problem, MaskedLinearTerm term, MaskedAnswer answer) {}
