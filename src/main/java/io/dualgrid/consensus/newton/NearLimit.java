package io.dualgrid.consensus.newton;

/**
 * A limit that is near, and should enter.
 *
 * @param place where it stands
 * @param value of the voltage or the flow, as far as it is told
 */
public record NearLimit(RowPlace place, double value) {}
