/**
 * Quadratic programs in pure Java: the {@code java} backend, and the interior-point method of the
 * central optimum. Both stand on a sparse LDLᵀ factorisation of our own, which computes again only
 * the columns that a change of the matrix affects.
 *
 * <p>The backend is a proximal method of multipliers with semismooth Newton steps, not operator
 * splitting: where only the linear term changes between solves, the active set and its factors
 * mostly stay, and a solve is a few substitutions. On the programs of both bundled cases (192 to
 * 528 variables, tolerance 1e-7, warm-started, processor time a solve on a shared two-core machine)
 * it took 2 to 8 Newton steps and 0.07 to 0.20 ms, where OSQP took 70 to 390 iterations and 0.6 to
 * 4.4 ms. ojAlgo 56.1.1, given the same programs through its modelling layer, took 5.8 s and more a
 * solve and takes no warm start; EJML brings no solver of such programs.
 */
package io.dualgrid.qp.java;
