package io.dualgrid.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.Line;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Writer;

/**
 * What of the case one needs to read the dispatch: the feeder, the length of a step, the voltage
 * limits and the prices at the root, one a step.
 */
final class NetworkFile implements FileContent {
  static final String NAME = "network.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode root = MAPPER.createObjectNode();

  NetworkFile(GridCase gridCase, int steps, Sampling sampling) {
    root.put("case", gridCase.name());
    root.put("source", gridCase.source());
    root.put("steps", steps);
    double stepHours = gridCase.limits().horizonHours() / steps;
    root.put("stepHours", stepHours);
    CaseFacts facts = gridCase.facts();
    if (!facts.currency().isEmpty()) {
      root.put("currency", facts.currency());
    }
    if (facts.clock().isPresent()) {
      root.put("timeZone", facts.clock().get().timeZone());
      facts.times(steps, stepHours).forEach(root.putArray("times")::add);
    }
    root.put("voltageMinPu", gridCase.limits().voltageMinPu());
    root.put("voltageMaxPu", gridCase.limits().voltageMaxPu());
    root.put("rootVoltagePu", gridCase.limits().rootVoltagePu());
    root.put("voltageForm", Labels.of(gridCase.limits().voltageForm()));
    root.put("basePowerKw", gridCase.limits().basePowerKw());
    root.put("baseImpedanceOhm", gridCase.limits().baseImpedanceOhm());
    root.put("root", gridCase.tree().root());
    ArrayNode nodes = root.putArray("nodes");
    for (GridCase.Node node : gridCase.nodes()) {
      ObjectNode entry = nodes.addObject();
      entry.put("id", node.id());
      entry.put("name", node.name());
      ArrayNode devices = entry.putArray("devices");
      for (DeviceSpec device : node.devices()) {
        devices.add(device.kind());
      }
      for (GridInterface grid : GridInterface.among(node.devices())) {
        putSeries("buyPricePerKwh", grid.buyPricePerKwh(), steps, sampling);
        putSeries("sellPricePerKwh", grid.sellPricePerKwh(), steps, sampling);
      }
    }
    ArrayNode lines = root.putArray("lines");
    for (Line line : gridCase.lines()) {
      ObjectNode entry = lines.addObject();
      entry.put("from", line.from());
      entry.put("to", line.to());
      entry.put("resistanceOhm", line.resistanceOhm());
      entry.put("reactanceOhm", line.reactanceOhm());
      if (line.ratio() != 1.0) {
        entry.put("ratio", line.ratio());
      }
      if (line.isRated()) {
        entry.put("ratingKva", line.ratingKva());
      }
    }
  }

  private void putSeries(String name, Profile profile, int steps, Sampling sampling) {
    ArrayNode values = root.putArray(name);
    for (double value : profile.sample(steps, sampling)) {
      values.add(value);
    }
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    out.write(MAPPER.writeValueAsString(root));
    out.write('\n');
  }
}
