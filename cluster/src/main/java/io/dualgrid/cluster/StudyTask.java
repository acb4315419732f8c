package io.dualgrid.cluster;

/**
 * A chain of days to be run.
 *
 * @param study fingerprint of the study, which must be the same on both machines
 * @param chain its number
 * @param keeper address of the actor that keeps its tables
 */
record StudyTask(String study, int chain, String keeper) {
  /** As it travels. */
  String text() {
    return study + " " + chain + " " + keeper;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static StudyTask of(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no chain to be run: " + text);
    }
    return new StudyTask(parts[0], Integer.parseInt(parts[1]), parts[2]);
  }
}
