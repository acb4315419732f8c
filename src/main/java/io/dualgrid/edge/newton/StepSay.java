package io.dualgrid.edge.newton;

/**
 * In which iterations the step of all sites is to be one that a site can take.
 *
 * <p>The step of all that keeps every site inside its bounds gets the shorter the more sites there
 * are: of thousands there is always one whose bounds are near, and it is in nobody's interest to
 * wait for it, since what it trades is next to nothing. So a site of a share s of all capacity is
 * heard in every (w/s)-th iteration only, by turns: of sites that hold others up and are worth w
 * together, one is heard on average. All others catch up by themselves, see {@link
 * NewtonSite#move}. What is told of a site is the same as of all, and less often; that it comes by
 * turns says how large the site is to whoever sees a short step come back.
 *
 * @param place of the site among all
 * @param interval iterations from one in which it is heard to the next
 */
public record StepSay(int place, int interval) {
  /** w, the share of all capacity from which on a site is always heard. */
  private static final double WEIGHT = 1e-2;

  private static final int LONGEST_INTERVAL = 1000;

  /** Of one that is always heard. */
  public static final StepSay ALWAYS = new StepSay(0, 1);

  /**
   * Of a site.
   *
   * @param place among all
   * @param share of all capacity, 0 to 1
   */
  public static StepSay of(int place, double share) {
    double interval = Math.min(LONGEST_INTERVAL, WEIGHT / share);
    return new StepSay(place, (int) Math.max(1.0, interval));
  }

  /** Whether it is heard in an iteration. */
  boolean isHeard(int iteration) {
    return (place + iteration) % interval == 0;
  }
}
