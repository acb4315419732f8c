package io.dualgrid.network.agent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a relay says first. Other versions may say more.
 *
 * @param versions of the protocol that it speaks
 * @param feeder name of the feeder, as its own file has it
 * @param nodes ids of the nodes whose sites connect to it, as ranges
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RelayHello(List<Integer> versions, String feeder, String nodes) {
  /** Checks that nothing is missing, since anybody may write anything. */
  RelayHello {
    versions = List.copyOf(versions);
    if (feeder == null || nodes == null) {
      throw new IllegalArgumentException("a hello without feeder or nodes");
    }
  }
}
