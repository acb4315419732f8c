/** A solver for small dense quadratic programs, as masking makes them. */
package io.dualgrid.qp.dense;
