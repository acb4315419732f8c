package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import java.util.Collection;
import java.util.List;

/**
 * What a relay tells the operator beside letters. Letters begin with their version, a word with a
 * brace.
 *
 * @param kind of word
 * @param sites names of those whom it is about
 * @param kept iterations after which all sites of the relay have kept their states
 * @param reason why, in words
 */
record RelayWord(Kind kind, List<String> sites, List<Integer> kept, String reason) {
  /** What a word says. */
  enum Kind {
    /** These sites have not come yet. */
    ABSENT,
    /** All sites are there. */
    READY,
    /** These sites keep the others waiting. */
    SLOW,
    /** This site is lost: the run is to pause. */
    LOST,
    /** What sites or the operator have sent cannot be right: the run is to be given up. */
    REFUSED
  }

  private static final byte BRACE = '{';

  /** Checks that nothing is missing, since anybody may write anything. */
  RelayWord {
    if (kind == null || reason == null) {
      throw new IllegalArgumentException("a word without kind or reason");
    }
    sites = List.copyOf(sites);
    kept = List.copyOf(kept);
  }

  static RelayWord absent(List<String> sites) {
    return new RelayWord(Kind.ABSENT, sites, List.of(), "");
  }

  static RelayWord ready(Collection<Integer> kept) {
    return new RelayWord(Kind.READY, List.of(), List.copyOf(kept), "");
  }

  static RelayWord slow(String sites) {
    return new RelayWord(Kind.SLOW, List.of(sites), List.of(), "");
  }

  static RelayWord lost(String site, String reason) {
    return new RelayWord(Kind.LOST, List.of(site), List.of(), reason);
  }

  static RelayWord refused(String reason) {
    return new RelayWord(Kind.REFUSED, List.of(), List.of(), reason);
  }

  byte[] bytes() {
    return Json.bytes(this);
  }

  /** Whether bytes are a word, and no letter. */
  static boolean isOne(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == BRACE;
  }

  /** Reads a word. */
  static RelayWord read(byte[] bytes) {
    return Said.read(bytes, RelayWord.class, "what a relay says cannot be read");
  }
}
