package io.dualgrid.caseio.pandapower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.ParallelLines;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines, transformers and closed switches of a net as lines in ohm at the voltage of the root, with
 * what they draw without load as shunts: half at each end, as pandapower has it with
 * trafo_model="pi".
 *
 * <p>A line: z = (r + jx)·length/parallel, B = 2πf·c·length·parallel. A transformer: |z| = vk·U²/S
 * of its rated S and U at the lower side, R = vkr·U²/S; ratio = (U_h/U_l)·(kV_l/kV_h) with the tap
 * in the U of its side; conductance pfe, |Y| = i0·S.
 */
final class NetBranches {
  /** Files write such currents in kA where they mean no limit. */
  private static final double NO_LIMIT_KA = 1000.0;

  /** Resistance by reactance of closed switches, as runpp has it by default (switch_rx_ratio). */
  private static final double SWITCH_R_BY_X = 2.0;

  private final NetTopology topology;
  private final ImportMessages messages;
  private final double frequencyHz;
  private final double rootKv;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Map<Set<Integer>, Integer> joined = new HashMap<>();
  private final Map<Integer, double[]> shunts = new HashMap<>();

  NetBranches(NetTopology topology, double frequencyHz, ImportMessages messages) {
    this.topology = topology;
    this.messages = messages;
    this.frequencyHz = frequencyHz;
    rootKv = topology.kilovolt(topology.root());
    topology.lines().forEach(this::addLine);
    topology.danglingLines().forEach((row, bus) -> charge(row, bus, 1.0));
    topology.transformers().forEach(this::addTransformer);
    for (NetTable.Row link : topology.links()) {
      double ohm = link.number("z_ohm", 0.0) * squared(rootKv / kilovolt(link, "bus"));
      double reactance = ohm / Math.hypot(1.0, SWITCH_R_BY_X);
      add(
          link.place(),
          new Line(
              link.reference("bus"),
              link.reference("element"),
              SWITCH_R_BY_X * reactance,
              reactance));
    }
    for (NetTable.Row source : topology.sources().subList(1, topology.sources().size())) {
      add(source.place(), new Line(topology.root(), source.reference("bus"), 0.0, 0.0));
    }
  }

  /** The lines, in any direction. */
  List<Line> lines() {
    return lines;
  }

  /** The place of each line in the net. */
  List<String> places() {
    return places;
  }

  /** What branches draw and feed in at nominal voltage: {kW drawn, kvar fed in} by bus. */
  Map<Integer, double[]> shunts() {
    return shunts;
  }

  private void addLine(NetTable.Row row) {
    double parallel = row.number("parallel", 1.0);
    double length = row.number("length_km");
    double kv = kilovolt(row, "from_bus");
    double ohm = length / parallel * squared(rootKv / kv);
    charge(row, row.reference("from_bus"), 0.5);
    charge(row, row.reference("to_bus"), 0.5);
    double kiloampere = row.number("max_i_ka", Double.POSITIVE_INFINITY);
    double rating = Math.sqrt(3) * 1000 * kv * kiloampere * row.number("df", 1.0) * parallel;
    add(
        row.place(),
        new Line(
            row.reference("from_bus"),
            row.reference("to_bus"),
            row.number("r_ohm_per_km") * ohm,
            row.number("x_ohm_per_km") * ohm,
            1.0,
            kiloampere >= NO_LIMIT_KA ? Double.POSITIVE_INFINITY : loaded(row, rating)));
  }

  /** A part of what a line draws and feeds in without load. */
  private void charge(NetTable.Row row, int bus, double part) {
    double kv = topology.kilovolt(bus);
    double scale = part * 1000 * kv * kv * row.number("length_km") * row.number("parallel", 1.0);
    draw(
        bus,
        scale * 1e-6 * row.number("g_us_per_km", 0.0),
        scale * 2 * Math.PI * frequencyHz * 1e-9 * row.number("c_nf_per_km", 0.0));
  }

  private void addTransformer(NetTable.Row row) {
    if (row.flag("tap_dependency_table", false) || row.has("tap2_pos")) {
      messages.unsupported(
          row.place(), "tap_pos", row.text("tap_pos"), "a table of taps, or a second tap changer");
    }
    double parallel = row.number("parallel", 1.0);
    double ratedMva = row.number("sn_mva");
    double high = row.number("vn_hv_kv");
    double rated = row.number("vn_lv_kv");
    double low = rated;
    if (row.text("tap_side").equals("hv")) {
      high *= tap(row);
    } else if (row.text("tap_side").equals("lv")) {
      low *= tap(row);
    }
    double lowKv = kilovolt(row, "lv_bus");
    double ratio = high / low * lowKv / kilovolt(row, "hv_bus");
    double magnitude = row.number("vk_percent") / 100 * low * low / ratedMva / parallel;
    double resistance = row.number("vkr_percent") / 100 * low * low / ratedMva / parallel;
    double reactance = Math.sqrt(Math.max(0.0, squared(magnitude) - squared(resistance)));
    double refer = squared(rootKv / lowKv);
    add(
        row.place(),
        new Line(
            row.reference("hv_bus"),
            row.reference("lv_bus"),
            resistance * refer,
            reactance * refer,
            ratio,
            loaded(row, 1000 * ratedMva * row.number("df", 1.0) * parallel)));
    double iron = row.number("pfe_kw", 0.0);
    double noLoad = 10 * row.number("i0_percent", 0.0) * ratedMva;
    double atLow = parallel * squared(lowKv / low) / 2;
    double magnetising = Math.sqrt(Math.max(0.0, squared(noLoad) - squared(iron)));
    draw(row.reference("lv_bus"), atLow * iron, -atLow * magnetising);
    // the half at the side of the ratio crosses it
    double atHigh = atLow / squared(ratio);
    draw(row.reference("hv_bus"), atHigh * iron, -atHigh * magnetising);
    if (row.number("shift_degree", 0.0) != 0.0) {
      messages.notice(
          row.place(),
          "a phase shift, which changes neither flows nor voltages of a radial feeder; left out");
    }
  }

  /** The factor of the rated voltage at the side of the tap. */
  private double tap(NetTable.Row row) {
    double steps = row.number("tap_pos", 0.0) - row.number("tap_neutral", 0.0);
    double change = steps * row.number("tap_step_percent", 0.0) / 100;
    double angle = Math.toRadians(row.number("tap_step_degree", 0.0));
    return switch (row.text("tap_changer_type")) {
      case "Ideal" -> 1.0; // shifts the phase only
      case "Ratio", "Symmetrical", "" ->
          Math.hypot(1.0 + change * Math.cos(angle), change * Math.sin(angle));
      default -> {
        messages.unsupported(
            row.place(),
            "tap_changer_type",
            row.text("tap_changer_type"),
            "a tap changer of this type");
        yield 1.0;
      }
    };
  }

  private static double loaded(NetTable.Row row, double rating) {
    return rating * row.number("max_loading_percent", 100.0) / 100;
  }

  private void add(String place, Line line) {
    if (line.from() == line.to()) {
      messages.error(place, "", "", "begins and ends at one bus", "correct one end");
      return;
    }
    requireReactance(place, line);
    Integer other = joined.putIfAbsent(Set.of(line.from(), line.to()), lines.size());
    if (other == null) {
      lines.add(line);
      places.add(place);
    } else if (ParallelLines.haveOneRatio(lines.get(other), line)) {
      // one after the other: admittances add up, and of ratings the smaller share counts
      lines.set(other, ParallelLines.joint(List.of(lines.get(other), line)));
      messages.notice(place, "parallel to " + places.get(other) + "; joined into one");
    } else {
      messages.error(
          place,
          "",
          line.from() + " - " + line.to(),
          "is parallel to "
              + places.get(other)
              + " with another ratio, so that current would flow in a circle",
          "give both one ratio, or open one of them");
    }
  }

  private void requireReactance(String place, Line line) {
    if (line.resistanceOhm() < 0 || line.reactanceOhm() < 0) {
      messages.error(
          place,
          "",
          NumberText.show(line.resistanceOhm()) + " + j" + NumberText.show(line.reactanceOhm()),
          "ohm, a negative resistance or reactance",
          "correct it; series capacitors are not a part of the model");
    }
  }

  private void draw(int bus, double kw, double kvar) {
    double[] sum = shunts.computeIfAbsent(bus, id -> new double[2]);
    sum[0] += kw;
    sum[1] += kvar;
  }

  private double kilovolt(NetTable.Row row, String column) {
    return topology.kilovolt(row.reference(column));
  }

  private static double squared(double value) {
    return value * value;
  }
}
