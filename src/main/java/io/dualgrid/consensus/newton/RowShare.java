package io.dualgrid.consensus.newton;

/**
 * What one site must know of a coupled row: by how much the row's value grows with its injections.
 *
 * @param step time step of the row
 * @param active per unit of the site's active injection at that step
 * @param reactive per unit of its reactive injection
 */
public record RowShare(int step, double active, double reactive) {}
