/** The public topology of a feeder: lines, limits, the tree they form. */
package io.dualgrid.feeder;
