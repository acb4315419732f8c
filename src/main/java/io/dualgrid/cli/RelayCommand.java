package io.dualgrid.cli;

import io.dualgrid.network.agent.OperatorAgent;
import io.dualgrid.network.agent.RelayAgent;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.RelayShare;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.run.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid relay}. */
@Command(
    name = "relay",
    description = {
      "A part of the operator on a machine of its own, where one machine is too small for all "
          + "sites: some of them connect to it instead, it adds up what can be added up among "
          + "them, and hands up one sum.",
      "Needs feeder.json, nodes.txt with the nodes whose sites connect to it, its keys and "
          + "certificate, and allowed.txt of the authority in its folder. The operator's "
          + "--relays names it."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid relay init district/relay-1 --name operator/1",
      "  dualgrid relay district/relay-1 --operator grid.example.org:7400 --listen 0.0.0.0:7401"
    })
final class RelayCommand implements Callable<Integer> {
  private static final String RELAY = "relay";

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private PartyOptions party;
  @Mixin private SeriesOptions series;
  @Mixin private ProcessOptions process;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The relay's folder, as split makes it with --relays.")
  private Path folder;

  @Option(names = "--operator", paramLabel = "HOST:PORT", description = "Where the operator is.")
  private Endpoint operator;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7401",
      description = "Where sites connect; port 0 for any (default: ${DEFAULT-VALUE}).")
  private Endpoint listen;

  @Mixin private CkksOption ckks;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that add up (default: one per processor).")
  private Integer threads;

  RelayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "init", description = "Makes the relay's keys and its request.")
  int init(
      @Parameters(paramLabel = "DIR", description = "The relay's folder.") Path own,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "operator/MACHINE, such as operator/1.")
          String name) {
    if (!Names.isRelay(name)) {
      throw new ParameterException(
          spec.commandLine(), "--name " + name + " is no relay's; write operator/MACHINE");
    }
    return SiteCommand.init(terminal, own, name);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (folder == null || operator == null) {
      throw new ParameterException(
          spec.commandLine(), "name the relay's folder and --operator HOST:PORT, or say init");
    }
    return process.run(terminal, RELAY, List.of(folder), this::run);
  }

  private int run() throws InterruptedException {
    series.check();
    int most = threads == null ? RunSettings.defaults().threads() : threads;
    Counts.requirePositive(spec, "--threads", most);
    RelayAgent first = agent(most); // what is wrong from the start ends the process
    int code = ExitCode.OK;
    Ending ending = Ending.ofThisThread();
    try {
      for (int done = 0; series.another(done); ) {
        try {
          RelayAgent.End end = run(first == null ? agent(most) : first);
          terminal.out().println("run " + end.run() + ": " + told(end.outcome()));
          terminal.out().flush();
          code = end.outcome() == RelayAgent.Outcome.GIVEN_UP ? ExitCode.FAILURE : code;
          done++;
        } catch (WireException | CaseException | PkiException e) {
          if (Thread.currentThread().isInterrupted()) {
            terminal.err().println("told to end: the operator pauses the run until it is back");
            return ExitCode.INTERRUPTED;
          }
          if (!series.serves()) {
            throw e;
          }
          terminal.err().println(e.getMessage() + "; trying again");
          TimeUnit.SECONDS.sleep(SeriesOptions.RETRY_SECONDS);
        }
        first = null;
      }
    } finally {
      ending.close();
    }
    return code;
  }

  private static String told(RelayAgent.Outcome outcome) {
    return switch (outcome) {
      case OVER -> "over";
      case BROKEN_OFF -> "broken off, and may go on";
      case GIVEN_UP -> "given up";
    };
  }

  private RelayAgent.End run(RelayAgent agent) {
    return agent.run(
        operator,
        listen,
        new OperatorAgent.Waits(party.patience(), party.deadline()),
        PartyOptions.listening(terminal, listen)
            .andThen(port -> listen = new Endpoint(listen.host(), port)),
        what -> terminal.err().println(what));
  }

  /** With what the folder holds now. */
  private RelayAgent agent(int most) {
    PublicFeeder feeder = PublicFeeder.read(folder.resolve(PublicFeeder.NAME));
    return new RelayAgent(
        feeder,
        RelayShare.read(folder.resolve(RelayShare.NAME), feeder),
        PartyFolder.of(folder),
        Watched.allowList(folder.resolve(AllowList.NAME)),
        new RelayAgent.Machine(ckks.name(), most, process.metrics()));
  }
}
