package io.dualgrid.edge;

import io.dualgrid.auth.Company;
import io.dualgrid.auth.KeyBundle;
import io.dualgrid.auth.SignedKeyBundle;
import io.dualgrid.device.Port;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Roster;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.Welcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes part besides one energy system, as far as it has verified: the operator's roster held
 * against its own lines, and the signed keys of those it was given.
 */
final class Membership {
  private final Roster roster;
  private final int place;
  private final EdgeCredentials credentials;
  private final RunId run;
  private final int epoch;
  private final Map<Integer, KeyBundle> verified = new TreeMap<>();
  private Company company; // of those verified; null where another has been since

  /**
   * Checks what the operator says of the feeder where this energy system knows it itself.
   *
   * @param ports the lines that end or start here
   * @throws ProtocolException where it is otherwise
   */
  Membership(
      Roster roster,
      Welcome welcome,
      List<Port> ports,
      EdgeCredentials credentials,
      RunId run,
      int epoch,
      int node) {
    this.roster = roster;
    this.place = welcome.index();
    this.credentials = credentials;
    this.run = run;
    this.epoch = epoch;
    boolean fits =
        roster.nodes().length == welcome.parties()
            && placeOf(node) == place
            && (roster.parents()[place] < 0) == welcome.root()
            && evenDepth(place) == welcome.evenDepth();
    int below = 0;
    for (int parent : roster.parents()) {
      below += parent == place ? 1 : 0;
    }
    int lower = 0;
    for (Port port : ports) {
      int child = placeOf(port.line().to());
      fits &= roster.parents()[child] == placeOf(port.line().from());
      lower += port.downstream() ? 0 : 1;
    }
    if (!fits || below != lower) {
      throw new ProtocolException(
          AbortCode.NOT_AUTHENTIC,
          "node " + node + ": the operator's roster is not of the feeder that this node is in");
    }
  }

  private int placeOf(int node) {
    int found = -1;
    for (int i = 0; i < roster.nodes().length; i++) {
      if (roster.nodes()[i] == node) {
        if (found >= 0) {
          throw new ProtocolException(
              AbortCode.NOT_AUTHENTIC, "node " + node + " is in the operator's roster twice");
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new ProtocolException(
          AbortCode.NOT_AUTHENTIC, "node " + node + " is not in the operator's roster");
    }
    return found;
  }

  private boolean evenDepth(int at) {
    return roster.depth(at) % 2 == 0;
  }

  /**
   * Verifies the keys of another.
   *
   * @throws io.dualgrid.auth.AuthenticationException naming the site when they are not its own
   */
  KeyBundle accept(SiteKeys message) {
    int owner = message.owner();
    if (owner >= roster.nodes().length || owner == place || verified.containsKey(owner)) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "keys of energy system " + owner + ", which are not expected");
    }
    int node = roster.nodes()[owner];
    KeyBundle bundle =
        credentials
            .anchor()
            .verify(
                SignedKeyBundle.fromBytes(message.bundle()),
                EdgeCredentials.site(credentials.feeder(), node),
                node,
                run.toBytes(),
                epoch,
                Instant.now());
    verified.put(owner, bundle);
    company = null;
    return bundle;
  }

  /** The verified keys of the node at the other end of a line. */
  KeyBundle neighbour(int node) {
    return required(placeOf(node));
  }

  /** The verified keys of a place. */
  KeyBundle required(int owner) {
    KeyBundle bundle = verified.get(owner);
    if (bundle == null) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "the run begins without the signed keys of node " + roster.nodes()[owner]);
    }
    return bundle;
  }

  /** Number of parties. */
  int parties() {
    return roster.nodes().length;
  }

  /**
   * Who stands behind sums, as far as this energy system was given proof.
   *
   * @param own its own keys
   */
  Company company(KeyBundle own) {
    Map<Integer, KeyBundle> known = new TreeMap<>(verified);
    known.put(place, own);
    List<KeyBundle> even = new ArrayList<>();
    List<KeyBundle> odd = new ArrayList<>();
    known.forEach(
        (owner, bundle) -> {
          if (roster.parents()[owner] >= 0) {
            (evenDepth(owner) ? even : odd).add(bundle);
          }
        });
    return Company.of(even, odd);
  }

  /**
   * Refuses a sum without company.
   *
   * @param halves whether a sum over one half of the depths is asked for
   */
  void requireCompany(KeyBundle own, boolean halves) {
    if (company == null) { // every order asks, and the depth of each node is a walk to the root
      company = company(own);
    }
    boolean enough =
        halves
            ? company.allowsHub(credentials.allowExposedSums())
            : company.ofAll() || credentials.allowExposedSums();
    if (!enough) {
      throw new ProtocolException(
          AbortCode.NO_COMPANY,
          (halves ? "a sum over half of the depths" : "a sum")
              + " with fewer than "
              + Company.LEAST
              + " sites with private devices: "
              + company.even()
              + " at even and "
              + company.odd()
              + " at odd depths are known to node "
              + own.node());
    }
  }
}
