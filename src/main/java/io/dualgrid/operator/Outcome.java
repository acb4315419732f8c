package io.dualgrid.operator;

/**
 * What the operator knows after an iteration.
 *
 * @param converged whether the stopping rule holds
 * @param penalty of active power on the head line, currency per kW²
 * @param lowerBound on the optimal cost in currency, NaN when there is none yet
 */
public record Outcome(boolean converged, double penalty, double lowerBound) {}
