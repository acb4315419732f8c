package io.dualgrid.device;

/**
 * A value for a field that tables leave open.
 *
 * @param value in the unit of the field
 * @param reason for people, in brackets after a space; empty for none
 */
public record DeviceDefault(double value, String reason) {}
