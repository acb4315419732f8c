package io.dualgrid.network.share;

import io.dualgrid.run.SiteOutcome;

/**
 * What a site knows of a run when it has ended. It stays with its owner, who may hand it over.
 *
 * @param feeder name of the feeder
 * @param run public name of the run
 * @param outcome its own
 */
public record SitePart(String feeder, String run, SiteOutcome outcome) {
  /** Its file. */
  public static final String NAME = "result.json";

  /** The run only. */
  @Override
  public String toString() {
    return "SitePart[" + feeder + "]";
  }
}
