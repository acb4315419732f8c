package io.dualgrid.powerflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RadialFlowTest {
  private static final double BASE_KW = 1000.0;
  private static final double BASE_OHM = 100.0;

  /**
   * The right values are pandapower's, which stops at a mismatch of 1e-11 MVA; ours stops at 1e-10
   * p.u. of 1 MVA. A mismatch of 1e-10 moves a voltage by at most 33 nodes · |z| of the whole
   * feeder (below 1 p.u. here) · 1e-10, far below 1e-6.
   */
  @ParameterizedTest
  @ValueSource(strings = {"six-bus", "ieee33-taps-shunts"})
  void isThatOfPandapower(String name) throws IOException {
    JsonNode reference = reference(name);
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : reference.get("lines")) {
      lines.add(
          new Line(
              line.get("from").intValue(),
              line.get("to").intValue(),
              line.get("resistanceOhm").doubleValue(),
              line.get("reactanceOhm").doubleValue(),
              line.get("ratio").doubleValue(),
              Double.POSITIVE_INFINITY));
    }
    Map<Integer, JsonNode> nodes = new HashMap<>();
    reference.get("nodes").forEach(node -> nodes.put(node.get("id").intValue(), node));
    RadialFlow feeder =
        new RadialFlow(
            new FeederTree(nodes.keySet(), lines),
            limits(
                reference.get("baseImpedanceOhm").doubleValue(),
                reference.get("rootVoltagePu").doubleValue()));
    FlowSolution flow =
        feeder.solve(
            new NodePowers(
                column(feeder, nodes, "activeKw"),
                column(feeder, nodes, "reactiveKvar"),
                column(feeder, nodes, "conductanceKw"),
                column(feeder, nodes, "susceptanceKvar")));

    assertThat(flow.converged()).isTrue();
    Offset<Double> perUnit = offset(1e-6);
    Offset<Double> kilo = offset(1e-6 * BASE_KW);
    assertThat(flow.voltagePu()).containsExactly(column(feeder, nodes, "voltagePu"), perUnit);
    assertThat(flow.angleDegrees())
        .containsExactly(column(feeder, nodes, "angleDegrees"), offset(Math.toDegrees(1e-6)));
    for (JsonNode line : reference.get("lines")) {
      int node = feeder.nodes().indexOf(line.get("to").intValue());
      assertThat(flow.fromKw()[node]).isCloseTo(line.get("fromKw").doubleValue(), kilo);
      assertThat(flow.fromKvar()[node]).isCloseTo(line.get("fromKvar").doubleValue(), kilo);
      assertThat(flow.toKw()[node]).isCloseTo(line.get("toKw").doubleValue(), kilo);
      assertThat(flow.toKvar()[node]).isCloseTo(line.get("toKvar").doubleValue(), kilo);
    }
  }

  /**
   * With V₀ real, r + jx and a load p + jq, the square u of the lower voltage solves u² + (2(rp +
   * xq) − V₀²)·u + (r² + x²)(p² + q²) = 0; the larger root is the one that feeders work at.
   */
  @ParameterizedTest
  @CsvSource({"0.02, 0.05, 0.8, 0.3, 1.0", "0.1, 0.02, -0.9, 0.2, 1.03", "0.05, 0.08, 1.5, 0.5, 1"})
  void twoNodesAreAsTheQuadraticFormulaSays(
      double r, double x, double p, double q, double rootVoltage) {
    double b = 2 * (r * p + x * q) - rootVoltage * rootVoltage;
    double c = (r * r + x * x) * (p * p + q * q);
    double square = (-b + Math.sqrt(b * b - 4 * c)) / 2;

    FlowSolution flow = twoNodes(r, x, 1.0, rootVoltage, p, q, 0.0);

    assertThat(flow.converged()).isTrue();
    // dV/dS is |z|/V at most over the distance from the nose, below 10 in these; mismatch 1e-10
    assertThat(flow.voltagePu()[1]).isCloseTo(Math.sqrt(square), offset(1e-9));
    assertThat(flow.lossKw(1))
        .isCloseTo(BASE_KW * r * (p * p + q * q) / square, offset(1e-8 * BASE_KW));
    assertThat(flow.rootKw()).isCloseTo(BASE_KW * p + flow.lossKw(1), offset(1e-7 * BASE_KW));
  }

  @Test
  void idealTransformerDividesTheVoltageAndKeepsThePower() {
    FlowSolution flow = twoNodes(0.0, 0.0, 1.05, 1.0, 0.4, 0.1, 0.0);
    assertThat(flow.voltagePu()[1]).isCloseTo(1.0 / 1.05, offset(1e-15));
    assertThat(flow.fromKw()[1]).isCloseTo(400.0, offset(1e-9));
    assertThat(flow.toKvar()[1]).isCloseTo(100.0, offset(1e-9));
  }

  /** Behind a pure reactance x, a capacitor of b p.u. raises the voltage to V₀/(1 − b·x). */
  @Test
  void shuntGoesByTheSquareOfTheVoltage() {
    FlowSolution flow = twoNodes(0.0, 0.2, 1.0, 1.0, 0.0, 0.0, 0.5);
    assertThat(flow.voltagePu()[1]).isCloseTo(1.0 / (1.0 - 0.5 * 0.2), offset(1e-9));
    double supplied = 0.5 * flow.voltagePu()[1] * flow.voltagePu()[1];
    assertThat(flow.toKvar()[1]).isCloseTo(-BASE_KW * supplied, offset(1e-6));
  }

  /**
   * Beyond the nose (b² < 4c above) there is no voltage: 1.0 p.u. over x = 0.3 carries 1.67 at
   * most.
   */
  @Test
  void loadBeyondWhatTheLineCarriesDoesNotConverge() {
    assertThat(twoNodes(0.0, 0.3, 1.0, 1.0, 1.6, 0.0, 0.0).converged()).isTrue();
    assertThat(twoNodes(0.0, 0.3, 1.0, 1.0, 1.7, 0.0, 0.0).converged()).isFalse();
    assertThat(twoNodes(0.0, 0.3, 1.0, 1.0, Double.NaN, 0.0, 0.0).converged()).isFalse();
  }

  @Test
  void arraysOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> new NodePowers(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FlowSolution twoNodes(
      double r, double x, double ratio, double rootVoltage, double p, double q, double b) {
    Line line = new Line(0, 1, r * BASE_OHM, x * BASE_OHM, ratio, Double.POSITIVE_INFINITY);
    RadialFlow feeder =
        new RadialFlow(new FeederTree(List.of(0, 1), List.of(line)), limits(BASE_OHM, rootVoltage));
    return feeder.solve(
        new NodePowers(
            new double[] {0.0, -BASE_KW * p},
            new double[] {0.0, -BASE_KW * q},
            new double[2],
            new double[] {0.0, BASE_KW * b}));
  }

  private static NetworkLimits limits(double baseImpedanceOhm, double rootVoltagePu) {
    return new NetworkLimits(24, 24, BASE_KW, baseImpedanceOhm, 0.9, 1.1, rootVoltagePu, 1e5, 0.0);
  }

  private static double[] column(RadialFlow feeder, Map<Integer, JsonNode> nodes, String name) {
    return feeder.nodes().stream()
        .mapToDouble(id -> nodes.get(id).get(name).doubleValue())
        .toArray();
  }

  private static JsonNode reference(String name) throws IOException {
    try (InputStream in = RadialFlowTest.class.getResourceAsStream(name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
