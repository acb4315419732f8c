package io.dualgrid.parties;

/**
 * From an energy system to the operator: its copy of one line's flow and voltage, once for each end
 * of the line to read the consensus from.
 *
 * @param line index of the line in the case
 * @param fromDownstream whether the sender is the node the line ends in
 * @param underOwnKey readable, once combined, by the sender
 * @param underNeighbourKey readable, once combined, by the node at the other end
 */
public record BoundaryMessage(
    int line, boolean fromDownstream, Payload underOwnKey, Payload underNeighbourKey) {}
