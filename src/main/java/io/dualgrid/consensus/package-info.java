/** Consensus ADMM: penalties, acceleration, residuals, stopping, secure sums. */
package io.dualgrid.consensus;
