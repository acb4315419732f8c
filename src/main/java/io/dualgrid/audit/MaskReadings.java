package io.dualgrid.audit;

import io.dualgrid.device.DesProgram;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.mask.attack.structure.Quantity;
import io.dualgrid.mask.attack.structure.Reading;
import io.dualgrid.mask.attack.structure.ReadingScore;
import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.mask.attack.structure.StructureAttack;
import io.dualgrid.mask.attack.structure.TrueValues;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the cloud reads of a recorded run by the structure of its masked programs, each energy
 * system's readings held against its own values, and all counted together.
 *
 * @param scores by quantity
 * @param chpLimitKw limit of the largest CHP, in kW; zero where there is none
 */
public record MaskReadings(List<ReadingScore> scores, double chpLimitKw) {
  private static final Set<Quantity> TIMES_NAMEPLATE =
      EnumSet.of(Quantity.CHP_LOADING, Quantity.RENEWABLE_LIMIT, Quantity.LOAD);

  /**
   * Attacks what the cloud had at one moment.
   *
   * @param masks by the index of the energy system
   * @param programs of the energy systems
   * @param solutions of each at the same moment, by node
   */
  static MaskReadings of(
      Map<Integer, SolvedProblem> masks,
      List<DesProgram> programs,
      Map<Integer, double[]> solutions) {
    List<List<ReadingScore>> bySite =
        IntStream.range(0, programs.size())
            .parallel()
            .filter(i -> solutions.containsKey(programs.get(i).nodeId()))
            .mapToObj(
                i -> {
                  DesProgram des = programs.get(i);
                  SolvedProblem mask = masks.get(i);
                  List<Reading> readings = mask == null ? List.of() : StructureAttack.read(mask);
                  return ReadingScore.of(readings, TrueValues.of(des, solutions.get(des.nodeId())));
                })
            .toList();
    Map<Quantity, ReadingScore> sums = new EnumMap<>(Quantity.class);
    bySite.stream()
        .flatMap(List::stream)
        .forEach(score -> sums.merge(score.quantity(), score, ReadingScore::plus));
    double chpLimitKw =
        programs.stream()
            .mapToDouble(TrueValues::chpLimitKw)
            .filter(limit -> !Double.isNaN(limit))
            .max()
            .orElse(0.0);
    return new MaskReadings(List.copyOf(sums.values()), chpLimitKw);
  }

  /** The attack as one line among others. */
  public AttackResult withoutParameters() {
    return result(
        EnumSet.allOf(Quantity.class), "kinds of devices and their equations; no parameter");
  }

  /**
   * The part of it that one nameplate turns into kW: power of the CHP, limits of photovoltaics and
   * wind, loads.
   */
  public AttackResult withNameplate() {
    return result(TIMES_NAMEPLATE, "the same, and the nameplate of the CHP: values in kW");
  }

  /** Largest error in kW of what is read with the nameplate. */
  public double largestErrorKw() {
    double largest = 0.0;
    for (ReadingScore score : scores) {
      if (TIMES_NAMEPLATE.contains(score.quantity())) {
        largest = Math.max(largest, score.largestError() * chpLimitKw);
      }
    }
    return largest;
  }

  /** Values of every quantity count the same in total, so that many trivial ones drown nothing. */
  private AttackResult result(Set<Quantity> quantities, String assumed) {
    List<ReadingScore> there =
        scores.stream()
            .filter(score -> quantities.contains(score.quantity()) && score.values() > 0)
            .toList();
    double score = 0.0;
    double chance = 0.0;
    StringBuilder detail = new StringBuilder();
    for (ReadingScore one : there) {
      score += (double) one.right() / one.values() / there.size();
      chance += (double) one.blind() / one.values() / there.size();
      detail
          .append(detail.isEmpty() ? "" : ", ")
          .append(one.quantity().description())
          .append(": ")
          .append(one.right())
          .append(" of ")
          .append(one.values());
    }
    return new AttackResult(
        "few dependent rows, positions, range", assumed, score, chance, 0.0, detail.toString());
  }
}
