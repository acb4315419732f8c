package io.dualgrid.problem;

import java.util.Collection;
import java.util.stream.Collectors;

/** Long lists in messages. */
public final class Glance {
  private Glance() {}

  /**
   * The first ones, and how many more there are: "3, 7 and 12 more".
   *
   * @param most that are named
   */
  public static String at(Collection<?> all, int most) {
    String some = all.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "));
    int more = all.size() - most;
    return some + (more > 0 ? " and " + more + " more" : "");
  }
}
