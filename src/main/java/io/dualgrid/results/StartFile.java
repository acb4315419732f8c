package io.dualgrid.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where newton may begin on another day: prices and limits, which all parties of a run know.
 * Without them after another algorithm.
 */
final class StartFile implements FileContent {
  static final String NAME = "start.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode root = MAPPER.createObjectNode();

  StartFile(GridCase gridCase, Optional<NewtonStart> start) {
    start.ifPresent(one -> put(gridCase.nodes(), one));
  }

  private void put(List<GridCase.Node> nodes, NewtonStart start) {
    root.put("centre", start.centre());
    int steps = start.premiums().length / 2;
    ArrayNode active = root.putArray("premiumPerKwh");
    ArrayNode reactive = root.putArray("premiumPerKvarh");
    for (int t = 0; t < steps; t++) {
      active.add(start.premiums()[t]);
      reactive.add(start.premiums()[steps + t]);
    }
    ArrayNode limits = root.putArray("limits");
    for (NewtonStart.LimitPrice limit : start.limits()) {
      ObjectNode entry = limits.addObject();
      entry.put("limit", limit.place().kind().name().toLowerCase(Locale.ROOT));
      entry.put("node", nodes.get(limit.place().node()).id());
      entry.put("step", limit.place().step());
      entry.put("row", limit.place().ratingRow());
      entry.put("price", limit.price());
    }
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    out.write(MAPPER.writeValueAsString(root));
    out.write('\n');
  }
}
