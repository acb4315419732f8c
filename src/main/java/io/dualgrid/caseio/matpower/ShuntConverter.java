package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.problem.NumberText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shunts of buses and the charging of lines, half at each end, as fixed supply at nominal voltage.
 * The half at the side of a tap crosses it by the square of its ratio.
 */
final class ShuntConverter {
  private final Map<Integer, double[]> kilo = new LinkedHashMap<>();
  private final ImportMessages messages;

  ShuntConverter(FeederTopology topology, double baseMva, ImportMessages messages) {
    this.messages = messages;
    Tally shunts = new Tally();
    for (MBus bus : topology.buses().values()) {
      if (bus.shuntMw() != 0 || bus.shuntMvar() != 0) {
        add(bus.id(), 1000 * bus.shuntMw(), 1000 * bus.shuntMvar());
        shunts.count(1000 * bus.shuntMvar(), "bus " + bus.id());
      }
    }
    Tally charging = new Tally();
    for (MBranch branch : topology.branches()) {
      if (branch.chargingPu() != 0) {
        double halfKvar = 1000 * branch.chargingPu() * baseMva / 2;
        add(branch.from(), 0, halfKvar / (branch.tap() * branch.tap()));
        add(branch.to(), 0, halfKvar);
        charging.count(2 * halfKvar, "branch " + branch.ends());
      }
    }
    shunts.tell("mpc.bus", "Gs, Bs: shunts");
    charging.tell("mpc.branch", "b: charging of lines, half at each end");
  }

  /** The shunt of a bus, or null. */
  Shunt at(int bus) {
    double[] values = kilo.get(bus);
    return values == null
        ? null
        : new Shunt(LineConverter.rounded(values[0]), LineConverter.rounded(values[1]));
  }

  private void add(int bus, double kw, double kvar) {
    double[] values = kilo.computeIfAbsent(bus, id -> new double[2]);
    values[0] += kw;
    values[1] += kvar;
  }

  /** How many there are, how much in all, and which is the largest. */
  private final class Tally {
    private int count;
    private double sum;
    private double largest;
    private String where = "";

    void count(double kvar, String place) {
      count++;
      sum += kvar;
      if (where.isEmpty() || Math.abs(kvar) > Math.abs(largest)) {
        largest = kvar;
        where = place;
      }
    }

    void tell(String field, String what) {
      if (count > 0) {
        messages.notice(
            field,
            what
                + ", taken as fixed supply at nominal voltage: "
                + count
                + " with "
                + NumberText.show(LineConverter.rounded(sum))
                + " kvar in all, the largest "
                + NumberText.show(LineConverter.rounded(largest))
                + " kvar at "
                + where);
      }
    }
  }
}
