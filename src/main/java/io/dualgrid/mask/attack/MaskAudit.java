package io.dualgrid.mask.attack;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.mask.GuessedSystem;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.java.PureQpSolverFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** All attacks of the cloud on one energy system under one kind of mask. */
public final class MaskAudit {
  /** Of P, Q and V at the line ends, per unit, as a run of a small feeder sets them. */
  private static final double PENALTY = 0.3;

  private final DesProgram des;
  private final QuadraticProgram program;
  private final double optimum;

  /**
   * For an energy system; finds its optimum.
   *
   * @param des its program, without penalties
   */
  public MaskAudit(DesProgram des) {
    this.des = des;
    program = withPenalties(des);
    try (var solver =
        new PureQpSolverFactory().setup(program, new QpSettings(1e-8, 1e-8, 20_000))) {
      optimum = program.objective(solver.solve().x());
    }
  }

  private static QuadraticProgram withPenalties(DesProgram des) {
    QuadraticProgram plain = des.program();
    double[] diagonal = new double[plain.variableCount()];
    for (Port port : des.ports()) {
      for (int[] block : List.of(port.active(), port.reactive(), port.voltage())) {
        for (int variable : block) {
          diagonal[variable] += PENALTY;
        }
      }
    }
    return new QuadraticProgram(
        plain.name(),
        SparseMatrix.diagonal(diagonal),
        plain.linear(),
        plain.constraints(),
        plain.lower(),
        plain.upper());
  }

  /**
   * What the cloud knows without any attack.
   *
   * @param dimension variables that are left after elimination
   * @param rows of one mask
   * @param otherRows of another mask of the same system
   * @param parallelPairs among the rows
   */
  public record Visible(int dimension, int rows, int otherRows, int parallelPairs) {}

  /**
   * Results of one kind of mask.
   *
   * @param visible what needs no attack
   * @param attacks in the order of a report
   */
  public record Outcome(Visible visible, List<AttackResult> attacks) {}

  /**
   * Attacks masks drawn for the purpose.
   *
   * @param settings of the masks
   * @param masks to learn from, and as many to attack, at least 2
   */
  public Outcome attack(MaskSettings settings, int masks) {
    return attack(settings, masks, new SecureRandom());
  }

  Outcome attack(MaskSettings settings, int masks, SecureRandom random) {
    GuessedSystem guess = new GuessedSystem(program, settings);
    String[] kinds = RowKinds.of(des);
    List<MaskSample> training = new ArrayList<>();
    List<MaskSample> targets = new ArrayList<>();
    for (int i = 0; i < masks; i++) {
      training.add(MaskSample.draw(program, guess, kinds, settings, random));
      targets.add(MaskSample.draw(program, guess, kinds, settings, random));
    }
    List<AttackResult> results = new ArrayList<>();
    for (RowFeatures features : RowFeatures.ALL) {
      results.add(TemplateAttack.run(features, training, targets, random));
    }
    results.add(DirectAttacks.procrustes(targets));
    results.add(DirectAttacks.eigenvalues(guess, targets));
    results.add(DirectAttacks.bounds(guess, targets));
    results.add(DirectAttacks.objective(guess, optimum, targets));
    MaskSample first = targets.get(0);
    Visible visible =
        new Visible(
            first.problem().dimension(),
            first.problem().rowCount(),
            targets.get(1).problem().rowCount(),
            DirectAttacks.parallelPairs(first.problem()));
    return new Outcome(visible, List.copyOf(results));
  }
}
