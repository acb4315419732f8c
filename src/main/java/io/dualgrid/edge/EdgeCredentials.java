package io.dualgrid.edge;

import io.dualgrid.auth.SiteIdentity;
import io.dualgrid.auth.TrustAnchor;

/**
 * By what a site shows who it is, and tells who others are.
 *
 * @param identity its long-term key and certificate
 * @param anchor of the authority that certifies sites
 * @param feeder name of the feeder, the first part of its sites' names
 * @param allowExposedSums whether it answers where fewer than three sites stand behind a sum
 */
public record EdgeCredentials(
    SiteIdentity identity, TrustAnchor anchor, String feeder, boolean allowExposedSums) {
  /** Name of the site at a node, the same in every run. */
  public static String site(String feeder, int node) {
    return feeder + "/" + node;
  }

  /** The site only. */
  @Override
  public String toString() {
    return "EdgeCredentials[" + identity.site() + "]";
  }
}
