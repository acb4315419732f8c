package io.dualgrid.cli;

import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.network.agent.Household;
import io.dualgrid.network.agent.Onlookers;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.agent.SiteAgent;
import io.dualgrid.network.agent.SiteStandard;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.results.ResultFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid site}. */
@Command(
    name = "site",
    description = {
      "A site as a process of its own: dials the operator, takes part in a run or in run "
          + "after run, and keeps its own results in its folder.",
      "It refuses a run that hides less than it is told to insist on. Several folders are "
          + "several sites in one process, for trying out."
    },
    footer = {
      "",
      "Examples:",
      "  dualgrid site init site-3 --name site/my-case/3",
      "  dualgrid site site-3 --operator grid.example.org:7400 --cloud cloud.example.org:7500"
    })
final class SiteCommand implements Callable<Integer> {
  private static final String SITE = "site";
  private static final String SITES = "sites";
  private static final long HANG_UP_SECONDS = 10;

  private final Terminal terminal;
  private final SharedNews news;

  @Spec private CommandSpec spec;
  @Mixin private PartyOptions party;
  @Mixin private SeriesOptions series;
  @Mixin private RecordOption record;
  @Mixin private ProcessOptions process;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description = "The site's folder, as split makes it, with its keys and certificate.")
  private List<Path> folders = List.of();

  @Option(names = "--operator", paramLabel = "HOST:PORT", description = "Where the operator is.")
  private Endpoint operator;

  @Option(
      names = "--cloud",
      paramLabel = "HOST:PORT",
      description = "Where a cloud is, for runs with masked programs.")
  private Endpoint cloud;

  @Mixin private QpOption qp;

  @Mixin private CkksOption ckks;

  @Option(
      names = "--accept-clear",
      description =
          "Take part where the operator reads this site's messages (--privacy none, rmme).")
  private boolean clear;

  @Option(
      names = "--allow-exposed-sums",
      description = "Answer where fewer than three sites stand behind a sum.")
  private boolean exposedSums;

  @Option(
      names = "--accept-published",
      description = "Take part with the mask or the CKKS parameters of the study, which hide less.")
  private boolean published;

  @Option(
      names = "--accept-full",
      description =
          "Take part with --sensitivities full, which shows a store that nobody else has.")
  private boolean full;

  @Option(
      names = "--totals-to-root",
      description =
          "Take part only where the root reads sums over all sites, and the operator none"
              + " (--sensitivities root).")
  private boolean totalsToRoot;

  SiteCommand(Terminal terminal) {
    this.terminal = terminal;
    news = new SharedNews(terminal, System::nanoTime);
  }

  @Command(name = "init", description = "Makes a site's keys and its request.")
  int init(
      @Parameters(paramLabel = "DIR", description = "The site's folder.") Path own,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "site/FEEDER/NODE, such as site/6-bus/3.")
          String name) {
    return init(terminal, own, name);
  }

  /** Makes keys, and tells what to compare. */
  static int init(Terminal terminal, Path folder, String name) {
    String fingerprint = PartyFolder.init(folder, name);
    terminal.out().println(fingerprint + "  " + name);
    terminal
        .out()
        .println(
            "have "
                + PartyFolder.of(folder).request()
                + " signed, and tell the authority this fingerprint in another way");
    return ExitCode.OK;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (folders.isEmpty() || operator == null) {
      throw new ParameterException(
          spec.commandLine(), "name the site's folder and --operator HOST:PORT, or say init");
    }
    return process.run(terminal, folders.size() == 1 ? SITE : SITES, folders, this::run);
  }

  private int run() throws InterruptedException {
    series.check();
    Onlookers onlookers = process.onlookers(record.folder(terminal));
    try (Household household = new Household(folders.size())) {
      return takePart(onlookers, household);
    }
  }

  private int takePart(Onlookers onlookers, Household household) throws InterruptedException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Path folder : folders) {
      SiteAgent first = agent(folder, onlookers, household); // all are looked at before one begins
      tasks.add(
          () -> {
            takePart(folder, first, onlookers, household);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    Ending ending = Ending.ofThisThread();
    try {
      for (Future<Void> outcome : threads.invokeAll(tasks)) {
        outcome.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      terminal.err().println("told to end: the operator pauses the run until this site is back");
      return ExitCode.INTERRUPTED;
    } finally {
      threads.shutdownNow();
      // whoever is interrupted hangs up
      threads.awaitTermination(HANG_UP_SECONDS, TimeUnit.SECONDS);
      ending.close();
    }
    terminal.out().println("results in " + folders);
    return ExitCode.OK;
  }

  /** Reads what the folder holds now: the data of a site may be others in each run. */
  private SiteAgent agent(Path folder, Onlookers onlookers, Household household) {
    return new SiteAgent(
        CaseReader.readPart(folder),
        household.feeder(folder.resolve(PublicFeeder.NAME)),
        PartyFolder.of(folder),
        RunMemory.in(folder),
        new SiteAgent.Backends(qp.name(), ckks.name()),
        new SiteStandard(clear, exposedSums, published, full, totalsToRoot),
        onlookers,
        household);
  }

  /** One run after the other. */
  private void takePart(Path folder, SiteAgent first, Onlookers onlookers, Household household)
      throws InterruptedException {
    SiteAgent.Surroundings there =
        new SiteAgent.Surroundings(operator, cloud, party.patience(), party.deadline());
    ResultFolder results = ResultFolder.open(folder);
    SiteAgent agent = first;
    int done = 0;
    while (series.another(done)) {
      try {
        agent = agent == null ? agent(folder, onlookers, household) : agent;
        agent.run(
            there,
            result -> series.place(results, result.run()).write(SitePart.NAME, Json.bytes(result)),
            news::tell);
        done++;
      } catch (WireException | CaseException | PkiException e) {
        if (!series.serves() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        news.tell(e.getMessage() + "; trying again");
        TimeUnit.SECONDS.sleep(SeriesOptions.RETRY_SECONDS);
      }
      agent = null;
    }
  }
}
