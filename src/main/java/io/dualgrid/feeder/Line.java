package io.dualgrid.feeder;

/**
 * One line.
 *
 * @param from the end nearer to the root
 * @param to the other end
 * @param resistanceOhm series resistance
 * @param reactanceOhm series reactance
 */
public record Line(int from, int to, double resistanceOhm, double reactanceOhm) {}
