package io.dualgrid.run;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.List;

/** The feeder that all steps are measured on. */
public final class BenchFeeder {
  /** Its name. */
  public static final String CASE = "yingkou-60";

  private static final RunSettings SETTINGS = RunSettings.defaults();

  /** The case. */
  public final GridCase gridCase = CaseLocator.read(CASE);

  /** The time grid of a run by default. */
  public final Horizon horizon =
      Horizon.of(gridCase.limits(), SETTINGS.steps(), SETTINGS.sampling());

  /** The programs of all energy systems, in the order of the case. */
  public final List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
}
