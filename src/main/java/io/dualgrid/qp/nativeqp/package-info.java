/**
 * The native quadratic-programming backend of our own, {@code dualgrid_qp} through JNA: the method
 * of the solver in Java in C, doing the same operations in the same order, so that both give the
 * same numbers; and an interior point for certificates, whose last digits are its own.
 */
package io.dualgrid.qp.nativeqp;
