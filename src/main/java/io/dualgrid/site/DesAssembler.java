package io.dualgrid.site;

import io.dualgrid.device.Carrier;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DesProgramBuilder.Supply;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the program of an energy system together: its devices, its three balances, its charge, and
 * its copies of flow and voltage on every line it touches (LinDistFlow: Baran and Wu, "Network
 * reconfiguration in distribution systems", IEEE Trans. Power Delivery 4(2), 1989).
 */
public final class DesAssembler {
  private final GridCase gridCase;
  private final Horizon horizon;

  /** For a case on a time grid. */
  public DesAssembler(GridCase gridCase, Horizon horizon) {
    this.gridCase = gridCase;
    this.horizon = horizon;
  }

  /** The programs of all nodes, in the order of the case. */
  public List<DesProgram> assembleAll() {
    return gridCase.nodes().stream().map(this::assemble).toList();
  }

  /**
   * The program of one node.
   *
   * <p>Two simplifications leave the optimum as it is. All child copies of the voltage are the
   * node's own voltage variable, as they must equal it. The purchase pbuy = psell − P carries no
   * cost and is no variable: psell − P ∈ [0, exchangeMax] stands for it; and where the devices can
   * never supply more than they take, psell is zero at any optimum and is left out.
   */
  public DesProgram assemble(Node node) {
    NetworkLimits limits = gridCase.limits();
    FeederTree tree = gridCase.tree();
    DesProgramBuilder program = new DesProgramBuilder("node " + node.id(), horizon);
    List<String> labels = node.labels();
    for (int k = 0; k < labels.size(); k++) {
      node.devices().get(k).addTo(program, labels.get(k));
    }

    double exchangeMax = horizon.perUnit(limits.exchangeMaxKw());
    Line parent = tree.parentLine(node.id());
    List<Line> children = tree.childLines(node.id());
    List<Port> ports = new ArrayList<>();
    List<Supply> activeFlows = new ArrayList<>();
    List<Supply> reactiveFlows = new ArrayList<>();

    int[] ownVoltage;
    if (parent == null) {
      ownVoltage = program.variables(limits.rootLevel(), limits.rootLevel());
    } else {
      ownVoltage = program.variables(limits.levelMin(), limits.levelMax());
      int[] active = program.variables(-exchangeMax, exchangeMax);
      int[] reactive = program.variables(-exchangeMax, exchangeMax);
      int[] parentVoltage = program.variables(limits.levelMin(), limits.levelMax());
      activeFlows.add(new Supply(active, 1.0));
      reactiveFlows.add(new Supply(reactive, 1.0));
      ports.add(new Port(parent, true, active, reactive, parentVoltage));
      double resistance = parent.resistanceOhm() / limits.baseImpedanceOhm();
      double reactance = parent.reactanceOhm() / limits.baseImpedanceOhm();
      for (int t = 0; t < horizon.steps(); t++) {
        program.row(
            new int[] {ownVoltage[t], parentVoltage[t], active[t], reactive[t]},
            new double[] {1.0, -1.0 / limits.levelRatio(parent), resistance, reactance},
            0.0,
            0.0);
      }
      rate(program, parent, active, reactive);
    }
    for (Line child : children) {
      int[] active = program.variables(-exchangeMax, exchangeMax);
      int[] reactive = program.variables(-exchangeMax, exchangeMax);
      activeFlows.add(new Supply(active, -1.0));
      reactiveFlows.add(new Supply(reactive, -1.0));
      ports.add(new Port(child, false, active, reactive, ownVoltage));
    }
    program.voltage("bus", "V", ownVoltage, limits.voltageForm());

    int[] activeInjection = injection(program, Carrier.ACTIVE, activeFlows);
    int[] reactiveInjection = injection(program, Carrier.REACTIVE, reactiveFlows);
    if (program.hasAny(Carrier.HEAT)) {
      program.balance(Carrier.HEAT, List.of(), 0.0, 0.0);
    }
    if (parent != null && program.canExport(Carrier.ACTIVE)) {
      int[] sale = program.variables(0.0, exchangeMax);
      double[] charge = horizon.constant(limits.networkChargePerKwh());
      program.cost("bus", CostPart.NETWORK_CHARGE, sale, charge);
      for (int t = 0; t < horizon.steps(); t++) {
        // P − psell ∈ [−exchangeMax, 0]
        program.row(
            new int[] {activeInjection[t], sale[t]}, new double[] {1.0, -1.0}, -exchangeMax, 0.0);
      }
      program.quantity("bus", "P_sell", "kW", sale, horizon.basePowerKw());
    }
    program.quantity("bus", "P", "kW", activeInjection, horizon.basePowerKw());
    program.quantity("bus", "Q", "kvar", reactiveInjection, horizon.basePowerKw());
    return program.build(node.id(), ports, activeInjection, reactiveInjection, ownVoltage);
  }

  /** The rating of the line above, kept by the node below, as {@link RatingPolygon} has it. */
  private void rate(DesProgramBuilder program, Line line, int[] active, int[] reactive) {
    if (!line.isRated()) {
      return;
    }
    double limit = RatingPolygon.limit(horizon.perUnit(line.ratingKva()));
    for (int t = 0; t < horizon.steps(); t++) {
      for (int row = 0; row < RatingPolygon.ROWS; row++) {
        program.row(
            new int[] {active[t], reactive[t]},
            new double[] {RatingPolygon.activeFactor(row), RatingPolygon.reactiveFactor(row)},
            -limit,
            limit);
      }
    }
  }

  /** The node's net injection: the sum of its devices, and what its lines carry away. */
  private int[] injection(DesProgramBuilder program, Carrier carrier, List<Supply> flows) {
    int[] block = program.variables(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    program.balance(carrier, List.of(new Supply(block, -1.0)), 0.0, 0.0);
    for (int t = 0; t < horizon.steps(); t++) {
      int[] variables = new int[flows.size() + 1];
      double[] coefficients = new double[flows.size() + 1];
      variables[0] = block[t];
      coefficients[0] = 1.0;
      for (int k = 0; k < flows.size(); k++) {
        variables[k + 1] = flows.get(k).block()[t];
        coefficients[k + 1] = flows.get(k).factor();
      }
      program.row(variables, coefficients, 0.0, 0.0);
    }
    return block;
  }
}
