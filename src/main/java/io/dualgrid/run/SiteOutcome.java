package io.dualgrid.run;

import io.dualgrid.device.Netting;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.edge.EdgeView;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.steering.Outcome;
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
 * @param course of the run, where this is the root and has solved for prices; else null
 */
public record SiteOutcome(
    int node,
    double cost,
    double voltageMismatchPu,
    List<DispatchSeries> dispatch,
    List<DispatchSeries> costs,
    List<DispatchSeries> prices,
    Map<String, Integer> incidents,
    List<String> notices,
    Course course) {
  /**
   * What only the root knows of a run in which it has solved for prices.
   *
   * @param cost of the best point, NaN where there is none
   * @param lowerBound on the optimum, NaN where there is none
   * @param statesLowerBound see {@link RunResult#statesLowerBound}
   */
  public record Course(double cost, double lowerBound, double statesLowerBound) {
    static Course of(Outcome outcome) {
      return new Course(outcome.cost(), outcome.lowerBound(), outcome.statesBound());
    }
  }

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
          List.of(),
          course(edge));
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
        KeptPairs.notices(netting.kept()),
        course(edge));
  }

  private static Course course(EdgeNode edge) {
    return edge.steered().map(Course::of).orElse(null);
  }

  /** The same where the run has come to no dispatch. */
  public SiteOutcome withoutDispatch() {
    return new SiteOutcome(
        node, Double.NaN, Double.NaN, List.of(), List.of(), List.of(), incidents, notices, course);
  }

  /** The node only. */
  @Override
  public String toString() {
    return "SiteOutcome[node " + node + "]";
  }
}
