/** Solvers for dense quadratic programs, as masking makes them; {@code jna}: the native one. */
package io.dualgrid.qp.dense;
