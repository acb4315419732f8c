/**
 * The grid operator: it relays keys and messages, adds ciphertexts it cannot read, gets sums over
 * energy systems, and decides from these what everybody does next. It reaches no site, device,
 * local program, solver of one, or secret key.
 */
package io.dualgrid.operator;
