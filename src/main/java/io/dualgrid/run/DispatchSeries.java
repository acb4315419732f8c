package io.dualgrid.run;

/**
 * One time series of the dispatch.
 *
 * @param node id of the node; for a line FROM-TO
 * @param device label of the device; bus for quantities of the node, line for those of a line
 * @param quantity what it is
 * @param unit of the values
 * @param values one a step
 */
public record DispatchSeries(
    String node, String device, String quantity, String unit, double[] values) {}
