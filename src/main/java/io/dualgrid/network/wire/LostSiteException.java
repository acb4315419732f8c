package io.dualgrid.network.wire;

/** A site that takes part in a run is there no more; it may come back. */
public final class LostSiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String site;

  LostSiteException(String site, String reason) {
    super(site + ": " + reason);
    this.site = site;
  }

  /** Its name. */
  public String site() {
    return site;
  }
}
