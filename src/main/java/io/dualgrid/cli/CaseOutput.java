package io.dualgrid.cli;

import io.dualgrid.caseio.ImportReport;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.results.ResultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of a case to make, and what is told of the case once it is made. */
final class CaseOutput {
  @Option(
      names = "--out",
      paramLabel = "CASE",
      required = true,
      description = "Folder of the case to make.")
  private Path out;

  @Option(
      names = "--force",
      description = "Replace a folder that is there already, with all that is in it.")
  private boolean force;

  /** Makes a case. */
  interface Maker {
    /** See {@link #make}. */
    ImportReport make(Path folder, boolean replace) throws IOException;
  }

  /** The folder, absolute. */
  Path folder() {
    return out.toAbsolutePath().normalize();
  }

  /**
   * Makes the case and tells what was assumed for it.
   *
   * @throws ResultException when the disk does not take it
   */
  void make(Maker maker, PrintWriter text) {
    ImportReport report;
    try {
      report = maker.make(out, force);
    } catch (IOException e) {
      throw unwritable(folder(), e, "--out");
    }
    report.notices().forEach(notice -> text.println("notice: " + notice));
    report.warnings().forEach(warning -> text.println("warning: " + warning));
    text.println(RunReport.describe(report.gridCase()));
    text.println("written to " + folder());
    text.flush();
  }

  /** The error for a folder that cannot be written. */
  static ResultException unwritable(Path folder, IOException e, String argument) {
    return new ResultException(
        "cannot write to "
            + folder
            + ": "
            + DiskFailure.reason(e)
            + "; choose another folder ("
            + argument
            + ")",
        e);
  }
}
