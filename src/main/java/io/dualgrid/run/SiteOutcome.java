package io.dualgrid.run;

import io.dualgrid.device.Netting;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.edge.EdgeView;
import io.dualgrid.feeder.NetworkLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an energy system knows of itself when a run has ended: its owner's, and nobody else's until
 * the owner hands it over.
 *
 * @param node id of its node
 * @param cost of its dispatch in currency
 * @param voltageMismatchPu largest difference of a voltage copy from its consensus at any step
 * @param dispatch its devices, its bus and its line ends; empty where the run came to none
 * @param costs what its cost is made of, see {@link RunResult#costs}
 * @param prices at its node, see {@link RunResult#prices}
 * @param incidents what it worked around, with its count
 * @param notices what its owner should know of the dispatch
 */
public record SiteOutcome(
    int node,
    double cost,
    double voltageMismatchPu,
    List<DispatchSeries> dispatch,
    List<DispatchSeries> costs,
    List<DispatchSeries> prices,
    Map<String, Integer> incidents,
    List<String> notices) {
  /** Copies the lists and the map. */
  public SiteOutcome {
    dispatch = List.copyOf(dispatch);
    costs = List.copyOf(costs);
    prices = List.copyOf(prices);
    incidents = Map.copyOf(incidents);
    notices = List.copyOf(notices);
  }

  /**
   * Of an energy system.
   *
   * @param meaningful whether what it holds is a dispatch
   */
  public static SiteOutcome of(EdgeNode edge, NetworkLimits limits, boolean meaningful) {
    if (!meaningful) {
      return new SiteOutcome(
          edge.nodeId(),
          Double.NaN,
          Double.NaN,
          List.of(),
          List.of(),
          List.of(),
          edge.incidents(),
          List.of());
    }
    EdgeView view = edge.view();
    Netting netting = Netting.of(view.program(), view.solution());
    List<DispatchSeries> dispatch =
        new ArrayList<>(DispatchTable.ofNode(view.program(), netting.solution()));
    double mismatch = 0.0;
    for (EdgeView.End end : view.ends()) {
      mismatch = Math.max(mismatch, end.voltageMismatch());
      String copy = end.port().downstream() ? "downstream" : "upstream";
      dispatch.addAll(DispatchTable.ofLine(end.port(), copy, end.x(), limits));
      if (end.port().downstream()) {
        dispatch.addAll(DispatchTable.ofLine(end.port(), "z", end.z(), limits));
      }
    }
    return new SiteOutcome(
        edge.nodeId(),
        view.cost(),
        mismatch,
        dispatch,
        CostTable.ofNode(view.program(), netting.solution()),
        PriceTable.ofNode(view),
        edge.incidents(),
        KeptPairs.notices(netting.kept()));
  }

  /** The same where the run has come to no dispatch. */
  public SiteOutcome withoutDispatch() {
    return new SiteOutcome(
        node, Double.NaN, Double.NaN, List.of(), List.of(), List.of(), incidents, notices);
  }

  /** The node only. */
  @Override
  public String toString() {
    return "SiteOutcome[node " + node + "]";
  }
}
