package io.dualgrid.device;

/**
 * Variables of a program that cost money, all for one reason.
 *
 * @param device label of the device, bus for what concerns the node as a whole
 * @param part the reason
 * @param variables index of the variable at each step
 */
public record CostItem(String device, CostPart part, int[] variables) {}
