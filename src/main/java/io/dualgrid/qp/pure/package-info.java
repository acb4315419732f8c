/** The pure-Java quadratic-programming backend. */
package io.dualgrid.qp.pure;
