package io.dualgrid.cli;

import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.checkpoint.CheckpointException;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.FewOwnersException;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.results.ResultException;
import io.dualgrid.results.export.Exports;
import io.dualgrid.results.report.Plots;
import io.dualgrid.run.BackendMissingException;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import io.dualgrid.runtime.StateException;
import io.dualgrid.securesum.SecureSumException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
    name = "dualgrid",
    description = {
      "Dispatch of distributed energy systems on a radial feeder, decentralised and private.",
      ""
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; a run has converged",
      "1:anything else",
      "2:a wrong option, a case with errors, or a checkpoint that cannot be used",
      "3:not converged, or no dispatch is possible",
      "4:a backend that was asked for is missing",
      "130:ended by Ctrl-C; what is known so far is written"
    })
final class Dualgrid implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "With an error, print where in the program it arose.")
  private boolean stackTrace;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** The command line, ready to execute. */
  static CommandLine commandLine(Engine engine, Terminal terminal) {
    Dualgrid root = new Dualgrid();
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new RunCommand(engine, terminal))
            .addSubcommand(new ResumeCommand(engine, terminal))
            .addSubcommand(new CentralCommand(engine, terminal))
            .addSubcommand(new NewCommand(terminal))
            .addSubcommand(new BuildCommand(terminal))
            .addSubcommand(new ImportCommand(terminal))
            .addSubcommand(new GenerateCommand(terminal))
            .addSubcommand(new ValidateCommand(engine, terminal))
            .addSubcommand(new ReportCommand(terminal))
            .addSubcommand(new CompareCommand(terminal))
            .addSubcommand(new PlotCommand(terminal))
            .addSubcommand(new ExportCommand(terminal))
            .addSubcommand(new AuditCommand(terminal))
            .addSubcommand(new UpCommand(terminal))
            .addSubcommand(new SplitCommand(terminal))
            .addSubcommand(new CaCommand(terminal))
            .addSubcommand(new OperatorCommand(terminal))
            .addSubcommand(new CloudCommand(terminal))
            .addSubcommand(new SiteCommand(terminal))
            .addSubcommand(new GatherCommand(terminal))
            .addSubcommand(new DoctorCommand(terminal))
            .addSubcommand(new CommandLine(new GenerateCompletion()).setCommandName("completion"));
    return commandLine
        .registerConverter(Path.class, Dualgrid::path)
        .registerConverter(Endpoint.class, PartyOptions::endpoint)
        .registerConverter(Privacy.class, new Choices.Reader<>(Privacy.class))
        .registerConverter(Stopping.class, new Choices.Reader<>(Stopping.class))
        .registerConverter(Algorithm.class, new Choices.Reader<>(Algorithm.class))
        .registerConverter(FeederShape.class, new Choices.Reader<>(FeederShape.class))
        .registerConverter(Sampling.class, new Choices.Reader<>(Sampling.class))
        .registerConverter(VoltageForm.class, new Choices.Reader<>(VoltageForm.class))
        .registerConverter(Exports.Format.class, new Choices.Reader<>(Exports.Format.class))
        .registerConverter(Plots.Kind.class, new Choices.Reader<>(Plots.Kind.class))
        .registerConverter(BadAnswerPolicy.class, new Choices.Reader<>(BadAnswerPolicy.class))
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, arguments) -> refuse(e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> report(e, terminal.err(), root.stackTrace));
  }

  // An empty path would mean the working directory, which an unset variable of a script does not.
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("is empty; name a file or a folder");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("is no path: " + e.getMessage());
    }
  }

  private static int refuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return ExitCode.BAD_INPUT;
  }

  private static int report(Exception e, PrintWriter err, boolean stackTrace) {
    int code = ExitCode.FAILURE;
    boolean expected = true;
    if (e instanceof CaseException
        || e instanceof CheckpointException
        || e instanceof FewOwnersException
        || e instanceof PkiException
        || e instanceof StateException) {
      code = ExitCode.BAD_INPUT;
    } else if (e instanceof InfeasibleCaseException) {
      code = ExitCode.NOT_CONVERGED;
    } else if (e instanceof BackendMissingException || e instanceof NativeLibraryException) {
      code = ExitCode.BACKEND_MISSING;
    } else {
      expected =
          e instanceof ResultException
              || e instanceof CkksException
              || e instanceof SecureSumException
              || e instanceof WireException
              || e instanceof ProtocolException;
    }
    err.println("error: " + (expected ? e.getMessage() : e));
    if (stackTrace || !expected) {
      e.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
