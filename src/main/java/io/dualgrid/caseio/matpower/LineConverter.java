package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.ParallelLines;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.NumberText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Branches as lines in ohm at the voltage of the root. Parallel branches become one with their
 * joint admittance; the rating of the joint line is reached when the first of them is full.
 */
final class LineConverter {
  /** So that arithmetic of the file leaves 0.0922 and not 0.09220000000000002. */
  private static final MathContext DIGITS = new MathContext(14);

  private final FeederTopology topology;
  private final ImportMessages messages;
  private final double ohmPerUnit;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  /**
   * Converts the branches of a feeder.
   *
   * @param ohmPerUnit square of the root's nominal voltage in kV over baseMVA
   */
  LineConverter(FeederTopology topology, double ohmPerUnit, ImportMessages messages) {
    this.topology = topology;
    this.ohmPerUnit = ohmPerUnit;
    this.messages = messages;
    Map<Set<Integer>, List<MBranch>> parallel = new LinkedHashMap<>();
    for (MBranch branch : topology.branches()) {
      if (branch.from() == branch.to()) {
        messages.notice(
            "branch " + branch.ends(), "ends where it starts, and carries nothing; left out");
      } else {
        parallel
            .computeIfAbsent(Set.of(branch.from(), branch.to()), ends -> new ArrayList<>())
            .add(branch);
      }
    }
    parallel.values().forEach(this::convert);
    tellAngles();
    List<Integer> sources = topology.sources();
    for (int source : sources.subList(1, sources.size())) {
      add("mpc.bus", new Line(sources.get(0), source, 0, 0));
      messages.notice(
          "bus " + source,
          "a further reference bus, joined to bus "
              + sources.get(0)
              + " by a line without impedance, as both hold one voltage");
    }
  }

  /** The lines, in any direction. */
  List<Line> lines() {
    return lines;
  }

  /** The place of each line in the file. */
  List<String> places() {
    return places;
  }

  /** The nearest number of fourteen digits. */
  static double rounded(double value) {
    // most figures have few decimals but for rounding, and exact decimals take long
    double near = Math.rint(value * 1e9) / 1e9;
    if (Math.abs(value) < 1e4 && Math.abs(value - near) <= 4e-15 * Math.abs(value)) {
      return near;
    }
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private void add(String place, Line line) {
    lines.add(line);
    places.add(place);
  }

  private Line line(MBranch branch) {
    return new Line(
        branch.from(),
        branch.to(),
        rounded(branch.resistancePu() * ohmPerUnit),
        rounded(branch.reactancePu() * ohmPerUnit),
        rounded(branch.tap()),
        branch.ratingMva() == 0 ? Double.POSITIVE_INFINITY : rounded(1000 * branch.ratingMva()));
  }

  private void convert(List<MBranch> branches) {
    MBranch first = branches.get(0);
    if (branches.size() == 1) {
      add(first.place(), line(first));
      return;
    }
    for (MBranch other : branches) {
      boolean turned = other.from() != first.from();
      double tap = turned ? 1 / other.tap() : other.tap();
      if (Math.abs(tap - first.tap()) > 1e-12 || turned && first.tap() != 1) {
        messages.error(
            other.place(),
            "ratio",
            NumberText.show(other.ratio()),
            "is parallel to a branch with another tap, so that current would flow in a circle",
            "give both one ratio and the same direction");
      }
    }
    add(first.place(), joint(branches));
    messages.notice(
        "branch " + first.ends(), "parallel branches, joined into one with their joint impedance");
  }

  private Line joint(List<MBranch> branches) {
    Line joint = ParallelLines.joint(branches.stream().map(this::line).toList());
    return new Line(
        joint.from(),
        joint.to(),
        rounded(joint.resistanceOhm()),
        rounded(joint.reactanceOhm()),
        joint.ratio(),
        joint.isRated() ? rounded(joint.ratingKva()) : joint.ratingKva());
  }

  private void tellAngles() {
    for (MBranch branch : topology.branches()) {
      if (branch.angleDegrees() != 0) {
        messages.notice(
            "branch " + branch.ends(),
            "a phase shift, which changes neither flows nor voltages of a radial feeder; left out");
      }
      if (branch.tap() != 1) {
        messages.notice("branch " + branch.ends(), "a transformer with a fixed tap");
      }
    }
  }
}
