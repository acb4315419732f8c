package io.dualgrid.cli;

import io.dualgrid.network.agent.Onlookers;
import io.dualgrid.network.agent.OperatorAgent;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
      "The grid operator as a process of its own: waits for all sites, runs their "
          + "agreement, once or again and again, and keeps what it knows.",
      "Needs feeder.json, its keys and certificate, and allowed.txt of the authority in its folder."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid operator init district/operator",
      "  dualgrid operator district/operator --listen 0.0.0.0:7400 --privacy ckks"
    })
final class OperatorCommand implements Callable<Integer> {
  private static final long GLANCE_MILLIS = 200;

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;
  @Mixin private PartyOptions party;
  @Mixin private SeriesOptions series;
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
      names = "--relays",
      paramLabel = "NAME",
      split = ",",
      description =
          "Wait for these relays, and for sites behind them: names of machines, such as 1,2 for"
              + " operator/1 and operator/2. Without it, sites connect here.")
  private List<String> relays = List.of();

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

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "With --runs or --serve: time between the beginnings of two runs; the next begins at once"
              + " where one takes longer (default: ${DEFAULT-VALUE}).")
  private int every;

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

  private int run() throws InterruptedException {
    series.check();
    checkRelays();
    Counts.requirePositive(spec, "--checkpoint-every", checkpointEvery);
    if (every < 0) {
      throw new ParameterException(
          spec.commandLine(), "--every must not be negative, got " + every);
    }
    ResultFolder results = ResultFolder.open(folder);
    Onlookers onlookers = process.onlookers(record.folder(terminal));
    if (fresh) {
      RunMemory.in(folder).forget();
    }
    RunPlan first = plan(onlookers); // what is wrong from the start ends the process
    int code = ExitCode.OK;
    try (Interruption interruption = Interruption.listen(terminal.err())) {
      for (int done = 0; series.another(done) && !interruption.requested(); ) {
        long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(every);
        try {
          RunPlan plan = first == null ? plan(onlookers) : first;
          first = null;
          RunStatus status = runOnce(plan, interruption, results);
          boolean broken = status == RunStatus.INTERRUPTED;
          if (broken && !series.serves()) {
            return RunFlow.exitCode(status);
          }
          if (broken) {
            next = System.nanoTime(); // gone on with when those who are missed have come
          } else {
            code = code == ExitCode.OK ? RunFlow.exitCode(status) : code;
            done++;
          }
        } catch (WireException | CaseException | PkiException e) {
          if (!series.serves() || interruption.requested()) {
            throw e;
          }
          terminal.err().println(e.getMessage() + "; trying again");
          next = System.nanoTime() + TimeUnit.SECONDS.toNanos(SeriesOptions.RETRY_SECONDS);
        }
        if (series.another(done)) {
          awaitNext(next, interruption);
        }
      }
    }
    return code;
  }

  private void checkRelays() {
    try {
      relays.forEach(Names::relay);
    } catch (PkiException e) {
      throw new ParameterException(spec.commandLine(), "--relays: " + e.getMessage());
    }
    if (new HashSet<>(relays).size() < relays.size()) {
      throw new ParameterException(spec.commandLine(), "--relays names one of them twice");
    }
    record.checkRelays(relays.size());
  }

  private static void awaitNext(long nanoTime, Interruption interruption)
      throws InterruptedException {
    while (nanoTime - System.nanoTime() > 0 && !interruption.requested()) {
      Thread.sleep(GLANCE_MILLIS);
    }
  }

  /** A run that is about to begin. */
  private record RunPlan(OperatorAgent agent, RunSettings settings) {}

  /** With what the folder holds now: tariff, certificates and list may be others in each run. */
  private RunPlan plan(Onlookers onlookers) {
    PublicFeeder feeder = PublicFeeder.read(folder.resolve(PublicFeeder.NAME));
    RunSettings settings = settings(feeder);
    OperatorAgent agent =
        new OperatorAgent(
            feeder,
            settings,
            checkpointEvery,
            relays.stream().map(Names::relay).toList(),
            PartyFolder.of(folder),
            Watched.allowList(folder.resolve(AllowList.NAME)),
            RunMemory.in(folder),
            onlookers);
    return new RunPlan(agent, settings);
  }

  private RunStatus runOnce(RunPlan plan, Interruption interruption, ResultFolder results) {
    Progress progress = Progress.on(terminal, false, plan.settings(), interruption);
    OperatorPart part =
        plan.agent()
            .run(
                listen,
                new OperatorAgent.Waits(party.patience(), party.deadline()),
                PartyOptions.listening(terminal, listen)
                    .andThen(port -> listen = new Endpoint(listen.host(), port)),
                listener(progress, results));
    if (!part.history().isEmpty()) {
      progress.finish();
    }
    part.notices().forEach(notice -> terminal.err().println("notice: " + notice));
    terminal
        .out()
        .println(
            part.history().size()
                + " iterations, "
                + part.roundTrips()
                + " round trips in "
                + Numbers.seconds(part.solveSeconds())
                + ": "
                + Labels.of(part.status()));
    terminal.out().flush();
    return part.status();
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
        series.place(results, part.run()).write(OperatorPart.NAME, Json.bytes(part));
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
