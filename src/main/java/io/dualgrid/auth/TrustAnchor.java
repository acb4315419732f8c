package io.dualgrid.auth;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public key of the authority that certifies sites. What has been verified once, byte for byte,
 * is not verified again: a site has a few hundred others to check, and where many sites run in one
 * process, each signature is checked once. It remembers one epoch of one run at a time. Thread
 * safe.
 */
public final class TrustAnchor {
  private final byte[] authorityKey;
  private Set<ByteBuffer> verified; // public bytes
  private ByteBuffer verifiedRun;
  private int verifiedEpoch;

  /**
   * Of an authority's public key.
   *
   * @throws IllegalArgumentException when it is none of Ed25519
   */
  public static TrustAnchor of(PublicKey authority) {
    return new TrustAnchor(SigningKey.raw(authority));
  }

  TrustAnchor(byte[] authorityKey) {
    this.authorityKey = authorityKey.clone();
  }

  /**
   * The keys of a site, if the site itself signed them for this run and epoch.
   *
   * @param signed as it arrived
   * @param site name of the site they should be from
   * @param node its node in the feeder
   * @param run public name of the run
   * @param epoch of the keys
   * @param now for the certificate's validity
   * @throws AuthenticationException naming site and reason
   */
  public KeyBundle verify(
      SignedKeyBundle signed, String site, int node, byte[] run, int epoch, Instant now) {
    SiteCertificate certificate = signed.certificate();
    if (!certificate.site().equals(site)) {
      throw new AuthenticationException(
          "the keys of " + site + " came with the certificate of " + certificate.site());
    }
    certificate.requireValid(now);
    ByteBuffer bytes = ByteBuffer.wrap(signed.toBytes());
    Set<ByteBuffer> known = verified(run, epoch);
    if (!known.contains(bytes)) {
      certificate.requireIssuer(authorityKey);
      if (!signed.signatureHolds()) {
        throw new AuthenticationException(
            "the keys of " + site + " are not those it signed: somebody swapped them on the way");
      }
      known.add(bytes);
    }
    KeyBundle bundle = signed.unverified();
    if (bundle.node() != node) {
      throw new AuthenticationException(
          site + " signed keys of node " + bundle.node() + ", not of node " + node);
    }
    bundle.require(run, epoch);
    return bundle;
  }

  private synchronized Set<ByteBuffer> verified(byte[] run, int epoch) {
    ByteBuffer asked = ByteBuffer.wrap(run.clone());
    if (!asked.equals(verifiedRun) || epoch != verifiedEpoch) {
      verified = ConcurrentHashMap.newKeySet();
      verifiedRun = asked;
      verifiedEpoch = epoch;
    }
    return verified;
  }
}
