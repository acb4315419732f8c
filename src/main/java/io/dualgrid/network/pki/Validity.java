package io.dualgrid.network.pki;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which all certificates of a party hold.
 *
 * @param certificates their file
 * @param request what the authority signs again for new ones
 * @param from when the last of them begins to hold
 * @param until when the first of them runs out
 */
public record Validity(Path certificates, Path request, Instant from, Instant until) {
  /** How long before their end people are told: an authority may be a person who is away. */
  private static final Duration NOTICE = Duration.ofDays(14);

  /**
   * Refuses certificates with which nobody would talk to the party.
   *
   * @throws PkiException naming file, time and way out
   */
  public void require(Instant now) {
    if (now.isAfter(until)) {
      throw new PkiException(certificates + ": ran out at " + until + "; " + remedy());
    }
    if (now.isBefore(from)) {
      throw new PkiException(
          certificates
              + ": does not hold before "
              + from
              + ", and it is "
              + now
              + " on this machine; set the clock right");
    }
  }

  /** What to tell people where the end is near, or past. */
  public Optional<String> warning(Instant now) {
    if (now.plus(NOTICE).isBefore(until)) {
      return Optional.empty();
    }
    String runs = now.isAfter(until) ? ": ran out at " : ": runs out at ";
    return Optional.of(certificates + runs + until + "; " + remedy());
  }

  private String remedy() {
    return "have "
        + request
        + " signed again (dualgrid ca sign) and put the answer there; a process that runs takes it"
        + " up by itself";
  }
}
