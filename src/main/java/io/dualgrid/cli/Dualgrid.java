package io.dualgrid.cli;

import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.checkpoint.CheckpointException;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.FewOwnersException;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.problem.Spelling;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.recording.RecordingException;
import io.dualgrid.results.ResultException;
import io.dualgrid.results.ResultInputException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
      "2:a wrong option, a case with errors, a checkpoint or results that cannot be used",
      "3:not converged, or no dispatch is possible",
      "4:a backend that was asked for is missing",
      "130:ended by Ctrl-C; what is known so far is written"
    })
final class Dualgrid implements Runnable {
  private static final String COMPLETION = "completion";
  private static final String HELP = "help";

  /** Those that need to know all others. */
  private static final Set<String> KNOWS_ALL = Set.of(COMPLETION, HELP);

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
    return commandLine(terminal, commands(engine, terminal));
  }

  /**
   * The command line for these arguments: where they begin with the name of a command, with that
   * one alone. Making all of them takes longer than the start of the virtual machine.
   */
  static CommandLine commandLineFor(Engine engine, Terminal terminal, String... arguments) {
    Map<String, Supplier<Object>> all = commands(engine, terminal);
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean alone = all.containsKey(first) && !KNOWS_ALL.contains(first);
    return commandLine(terminal, alone ? Map.of(first, all.get(first)) : all);
  }

  /** By name, in the order of the help. */
  static Map<String, Supplier<Object>> commands(Engine engine, Terminal terminal) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("run", () -> new RunCommand(engine, terminal));
    commands.put("resume", () -> new ResumeCommand(engine, terminal));
    commands.put("central", () -> new CentralCommand(engine, terminal));
    commands.put("baseline", () -> new BaselineCommand(engine, terminal));
    commands.put("study", () -> new StudyCommand(terminal));
    commands.put("new", () -> new NewCommand(terminal));
    commands.put("build", () -> new BuildCommand(terminal));
    commands.put("import", () -> new ImportCommand(terminal));
    commands.put("generate", () -> new GenerateCommand(terminal));
    commands.put("validate", () -> new ValidateCommand(engine, terminal));
    commands.put("report", () -> new ReportCommand(terminal));
    commands.put("compare", () -> new CompareCommand(terminal));
    commands.put("plot", () -> new PlotCommand(terminal));
    commands.put("export", () -> new ExportCommand(terminal));
    commands.put("audit", () -> new AuditCommand(terminal));
    commands.put("up", () -> new UpCommand(terminal));
    commands.put("split", () -> new SplitCommand(terminal));
    commands.put("ca", () -> new CaCommand(terminal));
    commands.put("operator", () -> new OperatorCommand(terminal));
    commands.put("relay", () -> new RelayCommand(terminal));
    commands.put("cloud", () -> new CloudCommand(terminal));
    commands.put("site", () -> new SiteCommand(terminal));
    commands.put("gather", () -> new GatherCommand(terminal));
    commands.put("doctor", () -> new DoctorCommand(terminal));
    commands.put(COMPLETION, () -> new CompletionCommand(terminal));
    commands.put(HELP, () -> new HelpCommand(terminal));
    return commands;
  }

  private static CommandLine commandLine(
      Terminal terminal, Map<String, Supplier<Object>> commands) {
    Dualgrid root = new Dualgrid();
    CommandLine commandLine = new CommandLine(root);
    commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    return commandLine
        .registerConverter(Path.class, Dualgrid::path)
        .registerConverter(int.class, Dualgrid::whole)
        .registerConverter(Integer.class, Dualgrid::whole)
        .registerConverter(long.class, Dualgrid::large)
        .registerConverter(double.class, Dualgrid::number)
        .registerConverter(Double.class, Dualgrid::number)
        .registerConverter(Endpoint.class, PartyOptions::endpoint)
        .registerConverter(Privacy.class, new Choices.Reader<>(Privacy.class))
        .registerConverter(ParameterSet.class, new Choices.Reader<>(ParameterSet.class))
        .registerConverter(MaskKind.class, new Choices.Reader<>(MaskKind.class))
        .registerConverter(Stopping.class, new Choices.Reader<>(Stopping.class))
        .registerConverter(Algorithm.class, new Choices.Reader<>(Algorithm.class))
        .registerConverter(Sensitivities.class, new Choices.Reader<>(Sensitivities.class))
        .registerConverter(FeederShape.class, new Choices.Reader<>(FeederShape.class))
        .registerConverter(Sampling.class, new Choices.Reader<>(Sampling.class))
        .registerConverter(VoltageForm.class, new Choices.Reader<>(VoltageForm.class))
        .registerConverter(Exports.Format.class, new Choices.Reader<>(Exports.Format.class))
        .registerConverter(Shell.class, new Choices.Reader<>(Shell.class))
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

  private static int whole(String text) {
    long value = large(text);
    if (value != (int) value) {
      throw beyond(text);
    }
    return (int) value;
  }

  private static long large(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw text.matches("[+-]?\\d+")
          ? beyond(text)
          : new TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  private static TypeConversionException beyond(String text) {
    return new TypeConversionException("'" + text + "' is beyond what is possible");
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }

  private static int refuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + message(e));
    err.println("try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.BAD_INPUT;
  }

  private static String message(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      Object command = e.getCommandLine().getCommandSpec().userObject();
      String origin = command instanceof RunCommand run ? run.runFile().origin(e.getArgSpec()) : "";
      return origin + e.getMessage();
    }
    CommandLine command = e.getCommandLine();
    String first = unmatched.getUnmatched().get(0);
    if (first.startsWith("-")) {
      String name = first.split("=", 2)[0];
      List<String> names =
          command.getCommandSpec().options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      return Spelling.unknown("option", name, names);
    }
    boolean awaitsCommand = !command.getSubcommands().isEmpty();
    return awaitsCommand
        ? Spelling.unknown("command", first, command.getSubcommands().keySet())
        : "what is \"" + first + "\" for? Nothing is expected in its place";
  }

  private static String defect(Exception e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return "dualgrid itself fails here" + message + "; please report it, with what follows";
  }

  private static int report(Exception e, PrintWriter err, boolean stackTrace) {
    int code = ExitCode.FAILURE;
    boolean expected = true;
    if (e instanceof CaseException
        || e instanceof CheckpointException
        || e instanceof FewOwnersException
        || e instanceof PkiException
        || e instanceof RecordingException
        || e instanceof ResultInputException
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
    err.println("error: " + (expected ? e.getMessage() : defect(e)));
    if (stackTrace || !expected) {
      e.printStackTrace(err);
    }
    err.flush();
    return code;
  }
}
