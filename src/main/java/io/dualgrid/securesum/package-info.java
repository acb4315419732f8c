/** Sums whose terms stay hidden under masks that cancel. */
package io.dualgrid.securesum;
