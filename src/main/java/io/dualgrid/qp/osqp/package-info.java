/** The native quadratic-programming backend: OSQP through JNA. */
package io.dualgrid.qp.osqp;
