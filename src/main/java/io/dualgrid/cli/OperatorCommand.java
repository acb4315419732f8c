package io.dualgrid.cli;

import io.dualgrid.network.agent.OperatorAgent;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid operator}. */
@Command(
    name = "operator",
    description = {
      "The grid operator as a process of its own: waits for all sites, runs their agreement once,",
      "and keeps what it knows. Needs feeder.json, its keys and certificate, and allowed.txt of the",
      "authority in its folder."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid operator init district/operator",
      "  dualgrid operator district/operator --listen 0.0.0.0:7400 --privacy ckks"
    })
final class OperatorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;
  @Mixin private PartyOptions party;
  @Mixin private RecordOption record;
  @Mixin private ProcessOptions process;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The operator's folder, as split makes it.")
  private Path folder;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7400",
      description = "Where sites connect; port 0 for any (default: ${DEFAULT-VALUE}).")
  private Endpoint listen;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Iterations between two states that all parties keep, to go on from when one is lost"
              + " (default: ${DEFAULT-VALUE}).")
  private int checkpointEvery;

  @Option(
      names = "--fresh",
      description = "Begin a new run even where one was broken off that could go on.")
  private boolean fresh;

  OperatorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "init", description = "Makes the operator's keys and its request.")
  int init(@Parameters(paramLabel = "DIR", description = "The operator's folder.") Path own) {
    return SiteCommand.init(terminal, own, Credentials.OPERATOR);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "name the operator's folder, or say init");
    }
    return process.run(terminal, Credentials.OPERATOR, List.of(folder), this::run);
  }

  private int run() {
    PublicFeeder feeder = PublicFeeder.read(folder.resolve(PublicFeeder.NAME));
    RunSettings settings = settings(feeder);
    PartyFolder keys = PartyFolder.of(folder);
    ResultFolder results = ResultFolder.open(folder);
    Counts.requirePositive(spec, "--checkpoint-every", checkpointEvery);
    RunMemory memory = RunMemory.in(folder);
    if (fresh) {
      memory.forget();
    }
    OperatorAgent agent =
        new OperatorAgent(
            feeder,
            settings,
            checkpointEvery,
            keys,
            Watched.allowList(folder.resolve(AllowList.NAME)),
            memory,
            process.onlookers(record.folder(terminal)));
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      Progress progress = Progress.on(terminal, false, settings, interruption);
      OperatorPart part =
          agent.run(
              listen,
              new OperatorAgent.Waits(party.patience(), party.deadline()),
              PartyOptions.listening(terminal, listen),
              listener(progress, results));
      if (!part.history().isEmpty()) {
        progress.finish();
      }
      part.notices().forEach(notice -> terminal.err().println("notice: " + notice));
      terminal
          .out()
          .println(
              part.history().size()
                  + " iterations in "
                  + Numbers.seconds(part.solveSeconds())
                  + ": "
                  + Labels.of(part.status()));
      return RunFlow.exitCode(part.status());
    }
  }

  private OperatorAgent.Listener listener(Progress progress, ResultFolder results) {
    return new OperatorAgent.Listener() {
      @Override
      public void started(double setupSeconds) {
        progress.started(setupSeconds);
      }

      @Override
      public void iteration(IterationRecord iteration) {
        progress.iteration(iteration);
      }

      @Override
      public boolean cancelled() {
        return progress.cancelled();
      }

      @Override
      public void news(String what) {
        terminal.err().println(what);
      }

      @Override
      public void result(OperatorPart part) {
        results.write(OperatorPart.NAME, Json.bytes(part));
      }
    };
  }

  private RunSettings settings(PublicFeeder feeder) {
    try {
      return options.settings(feeder.usualSampling());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }
}
