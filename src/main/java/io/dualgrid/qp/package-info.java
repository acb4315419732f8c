/** Convex quadratic programs and the contract that every backend solves them by. */
package io.dualgrid.qp;
