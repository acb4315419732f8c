package io.dualgrid.cli;

import io.dualgrid.caseio.format.CaseFingerprint;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.checkpoint.Checkpoint;
import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.checkpoint.CheckpointInterval;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code run} about checkpoints. */
final class CheckpointOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Keep the state of the run in this file, encrypted, so that 'dualgrid resume FILE' can go"
              + " on from it; deleted when the run has converged.")
  private Path file;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "INTERVAL",
      converter = IntervalReader.class,
      description = "How often: 30s, 5min, or 20it for iterations (default: 60s).")
  private CheckpointInterval interval;

  @Option(
      names = "--checkpoint-key",
      paramLabel = "FILE",
      description =
          "Key of the checkpoint, made if need be (default: FILE.key beside the checkpoint).")
  private Path keyFile;

  /** Reads intervals. */
  static final class IntervalReader implements ITypeConverter<CheckpointInterval> {
    @Override
    public CheckpointInterval convert(String value) {
      try {
        return CheckpointInterval.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /**
   * The place asked for, or null.
   *
   * @throws io.dualgrid.checkpoint.CheckpointException when it cannot be used
   */
  CheckpointFile open() {
    if (file == null && (interval != null || keyFile != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          (interval != null ? "--checkpoint-every" : "--checkpoint-key")
              + " is of no use without --checkpoint FILE");
    }
    return file == null ? null : CheckpointFile.create(file, keyFile);
  }

  /** What a checkpoint has to tell of this command line. */
  Checkpoint.Order order(
      String caseName, GridCase gridCase, RunSettings settings, boolean gap, ResultFolder folder) {
    return new Checkpoint.Order(
        CaseLocator.bundledNames().contains(caseName)
            ? caseName
            : Path.of(caseName).toAbsolutePath().normalize().toString(),
        CaseFingerprint.of(gridCase),
        settings,
        gap,
        folder == null ? null : folder.path().toString(),
        interval == null ? CheckpointInterval.DEFAULT : interval);
  }
}
