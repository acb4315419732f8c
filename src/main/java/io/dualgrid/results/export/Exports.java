package io.dualgrid.results.export;

import io.dualgrid.results.FileContent;
import io.dualgrid.results.report.RunFolder;
import java.util.Map;

/** The results of a run in the form of another program. */
public final class Exports {
  private Exports() {}

  /** Another program. */
  public enum Format {
    /** net.json, p_mw.csv and q_mvar.csv. */
    PANDAPOWER,
    /** A CSV folder. */
    PYPSA
  }

  /**
   * The files by name.
   *
   * @throws io.dualgrid.results.ResultInputException when the run has no dispatch
   */
  public static Map<String, FileContent> files(RunFolder run, Format format) {
    StudyNet study = StudyNet.of(run);
    return switch (format) {
      case PANDAPOWER -> PandapowerExport.files(study);
      case PYPSA -> PypsaExport.files(study);
    };
  }
}
