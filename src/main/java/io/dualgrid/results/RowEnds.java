package io.dualgrid.results;

import io.dualgrid.results.ColumnsCsv.Column;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rows of tables end with where the case has it: the time at which their step begins, and the
 * name of their node. Units have the name of the currency.
 */
final class RowEnds {
  /** Of tables whose case tells nothing of this. */
  static final RowEnds NONE = new RowEnds(Map.of(), List.of(), CaseFacts.NONE);

  private static final Column TIME =
      new Column("time", "", "when the step begins, ISO 8601; where the case has a start");
  private static final Column NAME =
      new Column("name", "", "name of the node; where nodes have names of their own");

  private final Map<String, String> names;
  private final List<String> times;
  private final CaseFacts facts;

  private RowEnds(Map<String, String> names, List<String> times, CaseFacts facts) {
    this.names = names;
    this.times = times;
    this.facts = facts;
  }

  /** Of a case. */
  static RowEnds of(GridCase gridCase, int steps) {
    return of(gridCase, steps, steps);
  }

  /**
   * Of a case whose steps go on after its horizon.
   *
   * @param gridCase one horizon
   * @param steps of the horizon
   * @param all how many steps there are
   */
  static RowEnds of(GridCase gridCase, int steps, int all) {
    Map<String, String> names = new HashMap<>();
    for (GridCase.Node node : gridCase.nodes()) {
      if (!node.ownName().isEmpty()) {
        names.put(Integer.toString(node.id()), node.ownName());
      }
    }
    double stepHours = gridCase.limits().horizonHours() / steps;
    return new RowEnds(names, gridCase.facts().times(all, stepHours), gridCase.facts());
  }

  /** The same from a step on, which is counted as 0 then. */
  RowEnds from(int step) {
    return times.isEmpty() ? this : new RowEnds(names, times.subList(step, times.size()), facts);
  }

  /** The unit with the currency by its name. */
  String unit(String unit) {
    return facts.unit(unit);
  }

  /**
   * The columns of a table.
   *
   * @param own its own
   * @param steps whether a row is of a step
   */
  List<Column> columns(List<Column> own, boolean steps) {
    List<Column> columns = new ArrayList<>();
    own.forEach(one -> columns.add(new Column(one.name(), unit(one.unit()), unit(one.meaning()))));
    if (steps && !times.isEmpty()) {
      columns.add(TIME);
    }
    if (!names.isEmpty()) {
      columns.add(NAME);
    }
    return columns;
  }

  /** Its header. */
  List<String> header(List<Column> own, boolean steps) {
    return columns(own, steps).stream().map(Column::name).toList();
  }

  /** Ends a row of a node over the horizon. */
  void end(List<Object> row, String node) {
    name(node).ifPresent(row::add);
  }

  /**
   * Ends a row of a step.
   *
   * @param node its number; of a line FROM-TO
   */
  void end(List<Object> row, String node, int step) {
    time(step).ifPresent(row::add);
    end(row, node);
  }

  /** When a step begins; nothing where the case has no times. */
  Optional<String> time(int step) {
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(step < times.size() ? times.get(step) : "");
  }

  /** The name of a node, of a line those of both ends; nothing where no node has one. */
  Optional<String> name(String node) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(node.split("-"))
                .map(end -> names.getOrDefault(end, end))
                .collect(Collectors.joining(" - ")));
  }
}
