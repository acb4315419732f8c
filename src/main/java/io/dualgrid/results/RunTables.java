package io.dualgrid.results;

import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.run.DispatchSeries;
import java.util.List;
import java.util.Optional;

/**
 * The large tables of a run as they are written: a page of a run just ended is drawn of these, for
 * reading them back takes longer than all else of writing results.
 *
 * @param dispatch series of dispatch.csv
 * @param prices series of prices.csv; none where the algorithm has none
 * @param costs series of costs.csv, by part
 * @param ac what ac.csv holds; nothing without a flow
 */
public record RunTables(
    List<DispatchSeries> dispatch,
    List<DispatchSeries> prices,
    List<DispatchSeries> costs,
    Optional<AcTable> ac) {
  static RunTables of(
      DispatchCsv dispatch,
      List<DispatchSeries> prices,
      List<DispatchSeries> costs,
      Optional<FlowStudy> flow) {
    return new RunTables(dispatch.series(), prices, costs, flow.map(AcTable::of));
  }
}
