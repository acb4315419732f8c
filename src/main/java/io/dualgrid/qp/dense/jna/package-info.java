/** The dense solver in C, of the same method as the one in Java. */
package io.dualgrid.qp.dense.jna;
