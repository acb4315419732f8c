package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.run.VoltageMargin;
import java.util.List;
import java.util.Locale;

/**
 * The margin that a dispatch was planned with.
 *
 * @param asked as on the command line
 * @param margin of the run whose results are kept
 * @param runs in all
 * @param holds whether no AC voltage breaks a limit
 * @param obstacle why a larger margin came to nothing; empty when none was tried in vain
 */
public record MarginFigures(
    String asked, VoltageMargin margin, int runs, boolean holds, String obstacle) {

  /** What a person should know. */
  public List<String> notices() {
    String size =
        String.format(
            Locale.ROOT, "%.4f p.u. below and %.4f above", margin.lowPu(), margin.highPu());
    if (!obstacle.isEmpty()) {
      return List.of(
          "no dispatch that holds in AC was found "
              + obstacle
              + "; the results are those of the run before, with a margin of "
              + size);
    }
    if (!holds) {
      // of one run the limits broken in AC are told anyway
      return runs == 1
          ? List.of()
          : List.of(
              "after "
                  + runs
                  + " runs voltages still break limits in AC, with a margin of "
                  + size);
    }
    return margin.equals(VoltageMargin.NONE)
        ? List.of()
        : List.of(
            "voltage limits were tightened by "
                + size
                + " and the dispatch holds in AC; cost, bound and gap are those of the tightened"
                + " case");
  }

  void putInto(ObjectNode node) {
    node.put("asked", asked);
    node.put("lowPu", margin.lowPu());
    node.put("highPu", margin.highPu());
    node.put("runs", runs);
    node.put("holds", holds);
  }
}
