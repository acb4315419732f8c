package io.dualgrid.audit;

import io.dualgrid.device.DesProgram;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.mask.attack.structure.Quantity;
import io.dualgrid.mask.attack.structure.Reading;
import io.dualgrid.mask.attack.structure.ReadingScore;
import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.mask.attack.structure.StructureAttack;
import io.dualgrid.mask.attack.structure.TrueValues;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the cloud reads of a recorded run by the structure of its masked programs, all energy
 * systems together: the cloud does not know which is which.
 *
 * @param scores by quantity
 * @param chpLimitKw limit of the largest CHP, in kW; zero where there is none
 */
public record MaskReadings(List<ReadingScore> scores, double chpLimitKw) {
  private static final Set<Quantity> TIMES_NAMEPLATE =
      EnumSet.of(Quantity.CHP_LOADING, Quantity.RENEWABLE_LIMIT, Quantity.LOAD);

  /**
   * Attacks all masks that the cloud holds at the end.
   *
   * @param programs of the energy systems
   * @param solutions of each at the end, by node
   */
  static MaskReadings of(
      List<SolvedProblem> masks, List<DesProgram> programs, Map<Integer, double[]> solutions) {
    List<Reading> readings =
        masks.parallelStream().flatMap(mask -> StructureAttack.read(mask).stream()).toList();
    Map<Quantity, List<Double>> truth = new EnumMap<>(Quantity.class);
    double chpLimitKw = 0.0;
    for (DesProgram des : programs) {
      double[] x = solutions.get(des.nodeId());
      TrueValues.of(des, x)
          .forEach(
              (quantity, values) ->
                  truth.computeIfAbsent(quantity, key -> new ArrayList<>()).addAll(values));
      double limit = TrueValues.chpLimitKw(des);
      chpLimitKw = Double.isNaN(limit) ? chpLimitKw : Math.max(chpLimitKw, limit);
    }
    return new MaskReadings(ReadingScore.of(readings, truth), chpLimitKw);
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
