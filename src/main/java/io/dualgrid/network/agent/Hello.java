package io.dualgrid.network.agent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a site says first. Other versions may say more.
 *
 * @param versions of the protocol that it speaks
 * @param feeder name of the feeder, as its own file has it
 * @param node id of its node
 * @param run public name of the run that it has states of; empty where it has none
 * @param kept iterations after which it has kept its state
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Hello(List<Integer> versions, String feeder, int node, String run, List<Integer> kept) {
  /** Checks that nothing is missing, since anybody may write anything. */
  Hello {
    versions = List.copyOf(versions);
    kept = List.copyOf(kept);
    if (feeder == null || run == null) {
      throw new IllegalArgumentException("a hello without feeder or run");
    }
  }
}
