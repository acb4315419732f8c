package io.dualgrid.edge;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.DesProgram;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.site.GridCase.Node;
import java.util.function.Supplier;

/**
 * What an energy system is set up with: its own site and what all parties have agreed on.
 *
 * @param site its node with its devices
 * @param limits of the network
 * @param program of the site, without any penalty
 * @param algorithm how the consensus is reached
 * @param stopping when it is
 * @param ckks encrypts messages and masks reports; null where messages are in the clear
 * @param parameters of the encryption
 * @param credentials null where messages are in the clear
 * @param newton what the coupled interior-point method needs besides
 * @param boundingSolvers solve its bounds and its points within limits
 * @param problem makes what solves the program with penalties; called once, by algorithms that have
 *     any
 */
public record EdgeConfig(
    Node site,
    NetworkLimits limits,
    DesProgram program,
    Algorithm algorithm,
    Stopping stopping,
    CkksBackend ckks,
    CkksParameters parameters,
    EdgeCredentials credentials,
    NewtonConfig newton,
    BoundingSolvers boundingSolvers,
    Supplier<LocalProblem> problem) {
  /** The node only: all else is private. */
  @Override
  public String toString() {
    return "EdgeConfig[node " + site.id() + "]";
  }
}
