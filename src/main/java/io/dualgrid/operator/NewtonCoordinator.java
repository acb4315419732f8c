package io.dualgrid.operator;

import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.NewtonCourse;
import io.dualgrid.steering.Outcome;
import java.util.Optional;

/** The coupled interior-point method where the operator solves for prices. */
final class NewtonCoordinator implements Coordinator {
  private final NewtonCourse course;

  /**
   * Before any message.
   *
   * @param dayBefore at whose prices it begins, if any
   * @param hides whether a single energy system's figures are hidden from the operator
   */
  NewtonCoordinator(
      Network network,
      Rounds rounds,
      NewtonSettings settings,
      Optional<NewtonStart> dayBefore,
      boolean hides) {
    course =
        new NewtonCourse(
            network.steered(), new RoundsTalk(network, rounds), settings, dayBefore, hides);
  }

  @Override
  public void start(boolean hub) {
    course.start();
  }

  @Override
  public Outcome iterate(int iteration) {
    return course.iterate();
  }

  @Override
  public Optional<NewtonStart> keptStart() {
    return course.keptStart();
  }

  @Override
  public void state(StateArchive archive) {
    throw new IllegalStateException("a run of some twenty iterations keeps no state between them");
  }
}
