/**
 * The course of newton for whoever solves for its prices: the operator, or the root where totals
 * are for the root only. It gives orders to all energy systems and gets the sums of their reports.
 */
package io.dualgrid.steering;
