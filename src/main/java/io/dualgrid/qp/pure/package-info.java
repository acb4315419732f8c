/**
 * The pure-Java quadratic-programming backend: a proximal method of multipliers with semismooth
 * Newton steps over a sparse LDLᵀ factorisation of our own.
 */
package io.dualgrid.qp.pure;
