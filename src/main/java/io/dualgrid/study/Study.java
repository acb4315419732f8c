package io.dualgrid.study;

import io.dualgrid.device.Sampling;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;

/**
 * A study as its file has it, checked.
 *
 * @param name of the study
 * @param gridCase one day
 * @param steps of a day
 * @param sampling how a step stands for its profile rows
 * @param days how many follow one another
 * @param lookAheadSteps how far a day is planned beyond its end
 * @param carryStorage whether stores begin with what the day before has left
 * @param seed of what is drawn
 * @param scenarios at least one
 * @param keepDispatch whether dispatches are kept
 * @param fingerprint SHA-256 of all that the study says, its case and profiles included
 */
public record Study(
    String name,
    GridCase gridCase,
    int steps,
    Sampling sampling,
    int days,
    int lookAheadSteps,
    boolean carryStorage,
    long seed,
    List<Scenario> scenarios,
    boolean keepDispatch,
    String fingerprint) {
  /** Copies the list. */
  public Study {
    scenarios = List.copyOf(scenarios);
  }

  /**
   * A chain of days: what is run by one thread, and kept whole or not at all.
   *
   * @param scenario of the study
   * @param repetition from 1
   */
  record Task(Scenario scenario, int repetition) {}

  /** All chains, in the order of the file. */
  List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (int k = 1; k <= scenario.repetitions(); k++) {
        tasks.add(new Task(scenario, k));
      }
    }
    return tasks;
  }

  /** How many days there are over all chains. */
  public long allDays() {
    return scenarios.stream().mapToLong(scenario -> (long) scenario.repetitions() * days).sum();
  }

  /** How many chains there are. */
  public int chains() {
    return scenarios.stream().mapToInt(Scenario::repetitions).sum();
  }
}
