package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.device.Sampling;
import io.dualgrid.network.agent.CloudAgent;
import io.dualgrid.network.agent.Household;
import io.dualgrid.network.agent.Onlookers;
import io.dualgrid.network.agent.OperatorAgent;
import io.dualgrid.network.agent.RelayAgent;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.agent.SiteAgent;
import io.dualgrid.network.agent.SiteStandard;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.Gathering;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The folders, keys and certificates of a district, and its parties as threads that know each other
 * by TLS only. An interrupted thread leaves as a killed process does: without a word.
 */
final class NetworkedDistrict implements AutoCloseable {
  /** So long that only a hang reaches it: machines can be busy. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Longer than any test. */
  static final Duration VALIDITY = Duration.ofDays(1);

  static final String HOST = "127.0.0.1";

  final GridCase gridCase;
  final Authority authority;
  final List<String> news = new CopyOnWriteArrayList<>();
  Onlookers onlookers = Onlookers.none();
  List<String> relays = List.of();
  private final Household household = new Household(2);
  private final Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Of the 6-bus case. */
  NetworkedDistrict(Path temporary) throws IOException {
    this(temporary, "6-bus");
  }

  /** Of a bundled case. */
  NetworkedDistrict(Path temporary, String caseName) throws IOException {
    this(temporary, CaseLocator.read(caseName));
  }

  NetworkedDistrict(Path temporary, GridCase gridCase) throws IOException {
    this.gridCase = gridCase;
    folder = temporary.resolve("district");
    CaseSplitter.split(gridCase, Sampling.FIRST, folder, false);
    authority = Authority.init(temporary.resolve("authority"));
    enrol(operatorFolder(), "operator");
    for (GridCase.Node node : gridCase.nodes()) {
      enrol(siteFolder(node.id()), Names.site(gridCase.name(), node.id()));
    }
    Files.copy(authority.allowList(), operatorFolder().resolve(AllowList.NAME));
  }

  void enrol(Path party, String name) {
    PartyFolder.init(party, name);
    sign(party, VALIDITY);
  }

  /** Signs what a party asked for when it was enrolled, once more. */
  void sign(Path party, Duration validity) {
    PartyFolder own = PartyFolder.of(party);
    authority.sign(own.request(), own.certificate(), validity);
  }

  /** As the authority does, and the operator takes the new list over. */
  void revoke(int node) throws IOException {
    authority.revoke(Names.site(gridCase.name(), node));
    Files.copy(
        authority.allowList(),
        operatorFolder().resolve(AllowList.NAME),
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path operatorFolder() {
    return folder.resolve(CaseSplitter.OPERATOR);
  }

  Path cloudFolder() {
    return folder.resolve("cloud");
  }

  Path siteFolder(int node) {
    return folder.resolve(CaseSplitter.folderOf(node));
  }

  RunResult gather() {
    return Gathering.gather(gridCase, folder);
  }

  /** A site as its folder has it now. */
  SiteAgent site(int node, boolean clear) {
    return site(node, new SiteStandard(clear, true, false, false, false));
  }

  SiteAgent site(int node, SiteStandard standard) {
    return new SiteAgent(
        CaseReader.readPart(siteFolder(node)),
        PublicFeeder.read(siteFolder(node).resolve(PublicFeeder.NAME)),
        PartyFolder.of(siteFolder(node)),
        RunMemory.in(siteFolder(node)),
        new SiteAgent.Backends("auto", "auto"),
        standard,
        onlookers,
        household);
  }

  /** A cloud's process. */
  Endpoint startCloud() {
    enrol(cloudFolder(), "cloud");
    CompletableFuture<Integer> port = new CompletableFuture<>();
    threads.submit(() -> serveCloud(0, port::complete));
    return new Endpoint(HOST, port.join());
  }

  /** What a cloud's process does, once it is enrolled, until its thread is interrupted. */
  void serveCloud(int listen, IntConsumer listening) {
    CloudAgent.serve(
        new Endpoint(HOST, listen),
        PartyFolder.of(cloudFolder()),
        RunSettings.defaults(),
        Long.MAX_VALUE,
        onlookers,
        listening);
  }

  /** A site's process. */
  Future<SitePart> start(int node, boolean clear, Endpoint operator, Endpoint cloud) {
    SiteAgent agent = site(node, clear);
    return start(node, agent, operator, cloud, PATIENCE);
  }

  /** A process for each site, by node. */
  Map<Integer, Future<SitePart>> startAll(boolean clear, Endpoint operator, Endpoint cloud) {
    Map<Integer, Future<SitePart>> sites = new HashMap<>();
    for (GridCase.Node node : gridCase.nodes()) {
      sites.put(node.id(), start(node.id(), clear, operator, cloud));
    }
    return sites;
  }

  Future<SitePart> start(
      int node, SiteAgent agent, Endpoint operator, Endpoint cloud, Duration patience) {
    return threads.submit(() -> attend(node, agent, operator, cloud, patience));
  }

  /** What a site's process does. */
  SitePart attend(int node, SiteAgent agent, Endpoint operator, Endpoint cloud, Duration patience) {
    return agent.run(
        new SiteAgent.Surroundings(operator, cloud, patience, PATIENCE),
        part -> write(siteFolder(node).resolve(SitePart.NAME), part),
        news::add);
  }

  private static void write(Path file, Object part) {
    try {
      Files.write(file, Json.bytes(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operator's process, with what its folder has now. */
  final class Grid {
    final CompletableFuture<Integer> port = new CompletableFuture<>();
    final Future<OperatorPart> part;
    private final Consumer<Integer> atIteration;
    private final Runnable atResult;
    private volatile boolean cancelled;

    Grid(RunSettings settings, int listen, Duration patience, Consumer<Integer> atIteration) {
      this(settings, listen, patience, atIteration, () -> {});
    }

    Grid(
        RunSettings settings,
        int listen,
        Duration patience,
        Consumer<Integer> atIteration,
        Runnable atResult) {
      this.atIteration = atIteration;
      this.atResult = atResult;
      OperatorAgent agent =
          new OperatorAgent(
              PublicFeeder.read(operatorFolder().resolve(PublicFeeder.NAME)),
              settings,
              2,
              relays,
              PartyFolder.of(operatorFolder()),
              Watched.allowList(operatorFolder().resolve(AllowList.NAME)),
              RunMemory.in(operatorFolder()),
              onlookers);
      part =
          threads.submit(
              () -> {
                try {
                  return agent.run(
                      new Endpoint(HOST, listen),
                      new OperatorAgent.Waits(patience, PATIENCE),
                      port::complete,
                      new Keeping());
                } catch (RuntimeException e) {
                  port.completeExceptionally(e);
                  throw e;
                }
              });
    }

    Grid(RunSettings settings) {
      this(settings, 0, PATIENCE, k -> {});
    }

    /** As its owner does with SIGTERM. */
    void cancel() {
      cancelled = true;
    }

    Endpoint address() {
      return new Endpoint(HOST, port.join());
    }

    private final class Keeping implements OperatorAgent.Listener {
      @Override
      public void iteration(IterationRecord iteration) {
        atIteration.accept(iteration.iteration());
      }

      @Override
      public boolean cancelled() {
        return cancelled;
      }

      @Override
      public void news(String what) {
        news.add(what);
      }

      @Override
      public void result(OperatorPart result) {
        atResult.run();
        write(operatorFolder().resolve(OperatorPart.NAME), result);
      }
    }
  }

  /** A relay's process; its folder has what the operator's has. */
  final class RelayProcess {
    final Future<RelayAgent.End> end;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    RelayProcess(String name, Endpoint operator, int listen, Integer... nodes) {
      RelayAgent agent =
          new RelayAgent(
              PublicFeeder.read(operatorFolder().resolve(PublicFeeder.NAME)),
              new TreeSet<>(Set.of(nodes)),
              PartyFolder.of(relayFolder(name)),
              Watched.allowList(operatorFolder().resolve(AllowList.NAME)),
              new RelayAgent.Machine("auto", 1, onlookers.metrics()));
      end =
          threads.submit(
              () -> {
                try {
                  return agent.run(
                      operator,
                      new Endpoint(HOST, listen),
                      new OperatorAgent.Waits(PATIENCE, PATIENCE),
                      port::complete,
                      news::add);
                } catch (RuntimeException e) {
                  port.completeExceptionally(e);
                  throw e;
                }
              });
    }

    Endpoint address() {
      return new Endpoint(HOST, port.join());
    }
  }

  Path relayFolder(String name) {
    return folder.resolve("relay-" + name);
  }

  /** Gives relays their keys, and has the operator wait for them. */
  void enrolRelays(String... names) throws IOException {
    for (String name : names) {
      enrol(relayFolder(name), Names.relay(name));
    }
    Files.copy(
        authority.allowList(),
        operatorFolder().resolve(AllowList.NAME),
        StandardCopyOption.REPLACE_EXISTING);
    relays = Stream.of(names).map(Names::relay).toList();
  }

  /** Until all have ended that were told to. */
  void awaitEnd() throws InterruptedException {
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
