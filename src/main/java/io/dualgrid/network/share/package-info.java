/** Cutting a case into what each party has of it, and putting parts of a result together. */
package io.dualgrid.network.share;
