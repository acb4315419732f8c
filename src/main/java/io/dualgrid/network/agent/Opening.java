package io.dualgrid.network.agent;

/**
 * What the operator says when all sites are there: an epoch begins.
 *
 * @param epoch of the keys, from 1, higher than any before in the run
 * @param iteration after which the run goes on; 0 where it begins
 */
record Opening(int epoch, int iteration) {}
