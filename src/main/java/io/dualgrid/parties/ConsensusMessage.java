package io.dualgrid.parties;

/**
 * From the operator to one end of a line: the weighted mean z of the two copies.
 *
 * @param line index of the line in the case
 * @param toDownstream whether the receiver is the node the line ends in
 * @param consensus z, readable by the receiver
 */
public record ConsensusMessage(int line, boolean toDownstream, Payload consensus) {}
