package io.dualgrid.network.wire;

/** A site that takes part in a run is there no more; it may come back. */
public final class LostSiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String site;
  private final String reason;

  /** A site, and why it is lost. */
  public LostSiteException(String site, String reason) {
    super(site + ": " + reason);
    this.site = site;
    this.reason = reason;
  }

  /** Its name. */
  public String site() {
    return site;
  }

  /** Why it is lost, in words. */
  public String reason() {
    return reason;
  }
}
