package io.dualgrid.mask.attack.structure;

/**
 * A value that the attacker claims to have read.
 *
 * @param quantity what it is
 * @param value without unit
 */
public record Reading(Quantity quantity, double value) {}
