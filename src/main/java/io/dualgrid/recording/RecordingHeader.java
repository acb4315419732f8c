package io.dualgrid.recording;

import io.dualgrid.run.RunSettings;

/**
 * What stands at the beginning of a recording.
 *
 * @param party who has recorded: operator, cloud or site-N
 * @param feeder name of the feeder; empty where the party does not know it, as a cloud
 * @param run public name of the run; empty for a cloud, which solves for any
 * @param settings of the run; null for a cloud
 */
public record RecordingHeader(String party, String feeder, String run, RunSettings settings) {
  /** Name of an operator's recordings. */
  public static final String OPERATOR = "operator";

  /** Name of a cloud's recordings. */
  public static final String CLOUD = "cloud";

  private static final String SITE = "site-";

  /** Checks that nothing is missing, since files can be of anybody. */
  public RecordingHeader {
    if (party == null || feeder == null || run == null) {
      throw new IllegalArgumentException("a recording without party, feeder or run");
    }
    if (!party.equals(CLOUD) && settings == null) {
      throw new IllegalArgumentException("a recording of a run without its settings");
    }
  }

  /** Of a cloud, which knows no run. */
  public static RecordingHeader ofCloud() {
    return new RecordingHeader(CLOUD, "", "", null);
  }

  /** Of an operator. */
  public static RecordingHeader ofOperator(String feeder, String run, RunSettings settings) {
    return new RecordingHeader(OPERATOR, feeder, run, settings);
  }

  /** Of a site. */
  public static RecordingHeader ofSite(int node, String feeder, String run, RunSettings settings) {
    return new RecordingHeader(SITE + node, feeder, run, settings);
  }

  /** Whether a site has recorded. */
  public boolean bySite() {
    return party.startsWith(SITE);
  }

  /**
   * The node of the site that has recorded.
   *
   * @throws IllegalArgumentException when it is no site
   */
  public int node() {
    try {
      return Integer.parseInt(party.substring(SITE.length()));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a recording of '" + party + "', which is no site", e);
    }
  }
}
