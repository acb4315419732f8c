package io.dualgrid.results.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.report.RunFolder;
import io.dualgrid.run.DispatchSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The feeder of a run and what its nodes supply, as a power flow needs them.
 *
 * @param name of the case
 * @param kilovolt nominal voltage to which all impedances are referred
 * @param baseKva base of the per-unit system
 * @param rootVoltagePu voltage of the root
 * @param stepHours length of a step
 * @param steps number of steps
 * @param root number of the root
 * @param nodes in the order of the case
 * @param lines directed away from the root
 */
record StudyNet(
    String name,
    double kilovolt,
    double baseKva,
    double rootVoltagePu,
    double stepHours,
    int steps,
    int root,
    List<Node> nodes,
    List<Branch> lines) {

  /**
   * A node.
   *
   * @param activeKw supply at each step without its shunts, negative where it draws power
   * @param reactiveKvar the same for reactive power
   * @param conductanceKw drawn by shunts at nominal voltage
   * @param susceptanceKvar fed in by them
   */
  record Node(
      int id,
      String name,
      double[] activeKw,
      double[] reactiveKvar,
      double conductanceKw,
      double susceptanceKvar) {
    boolean hasShunt() {
      return conductanceKw != 0.0 || susceptanceKvar != 0.0;
    }
  }

  /**
   * A line, or a transformer where the ratio is not 1.
   *
   * @param ratingKva infinite where there is none
   */
  record Branch(
      int from, int to, double resistanceOhm, double reactanceOhm, double ratio, double ratingKva) {
    boolean hasImpedance() {
      return resistanceOhm != 0.0 || reactanceOhm != 0.0;
    }
  }

  /**
   * Of the files of a run.
   *
   * @throws ResultInputException when they hold no dispatch, or were written before they had the
   *     bases
   */
  static StudyNet of(RunFolder run) {
    JsonNode network = run.network();
    if (!network.has("baseImpedanceOhm")) {
      throw new ResultInputException(
          run.folder() + ": network.json has no baseImpedanceOhm; run the case again", null);
    }
    Map<String, double[]> series = new HashMap<>();
    for (DispatchSeries one : run.dispatch()) {
      // a node may have several shunts: SH, SH#2, …
      String device = one.device().startsWith("SH#") ? "SH" : one.device();
      series.merge(
          one.node() + " " + device + " " + one.quantity(), one.values().clone(), StudyNet::sum);
    }
    double baseKva = network.get("basePowerKw").doubleValue();
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : network.get("nodes")) {
      nodes.add(node(run, node, series));
    }
    List<Branch> lines = new ArrayList<>();
    for (JsonNode line : network.get("lines")) {
      lines.add(
          new Branch(
              line.get("from").intValue(),
              line.get("to").intValue(),
              line.get("resistanceOhm").doubleValue(),
              line.get("reactanceOhm").doubleValue(),
              line.path("ratio").asDouble(1.0),
              line.path("ratingKva").asDouble(Double.POSITIVE_INFINITY)));
    }
    return new StudyNet(
        network.get("case").asText(),
        Math.sqrt(network.get("baseImpedanceOhm").doubleValue() * baseKva / 1000),
        baseKva,
        network.get("rootVoltagePu").doubleValue(),
        network.get("stepHours").doubleValue(),
        network.get("steps").intValue(),
        network.get("root").intValue(),
        nodes,
        lines);
  }

  private static Node node(RunFolder run, JsonNode node, Map<String, double[]> series) {
    String id = node.get("id").asText();
    double[] active = series.get(id + " bus P");
    double[] reactive = series.get(id + " bus Q");
    if (active == null || reactive == null) {
      throw new ResultInputException(
          run.folder() + ": dispatch.csv has no P and Q of node " + id + "; there is no dispatch",
          null);
    }
    double[] none = new double[active.length];
    double[] drawn = series.getOrDefault(id + " SH P", none);
    double[] fed = series.getOrDefault(id + " SH Q", none);
    return new Node(
        node.get("id").intValue(),
        node.get("name").asText(),
        difference(active, drawn),
        difference(reactive, fed),
        0.0 - drawn[0],
        fed[0]);
  }

  private static double[] sum(double[] one, double[] other) {
    for (int t = 0; t < one.length; t++) {
      one[t] += other[t];
    }
    return one;
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = one.clone();
    for (int t = 0; t < one.length; t++) {
      difference[t] -= other[t];
    }
    return difference;
  }
}
