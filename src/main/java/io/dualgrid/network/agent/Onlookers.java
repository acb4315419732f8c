package io.dualgrid.network.agent;

import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.recording.RecordingFolder;

/**
 * Who looks on while a party works.
 *
 * @param recordings where it takes down what an audit needs, if anywhere
 * @param metrics figures of the process
 */
public record Onlookers(RecordingFolder recordings, Metrics metrics) {
  /** Nobody. */
  public static Onlookers none() {
    return new Onlookers(RecordingFolder.NONE, new Metrics());
  }
}
