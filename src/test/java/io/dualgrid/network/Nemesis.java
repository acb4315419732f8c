package io.dualgrid.network;

import static io.dualgrid.network.NetworkedDistrict.HOST;
import static io.dualgrid.network.NetworkedDistrict.PATIENCE;

import io.dualgrid.network.NemesisPlan.Disturbance;
import io.dualgrid.network.NemesisPlan.Kind;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Does to the parties of one run what its plan says, and starts again what it has killed. Every
 * site has a link of its own, by whose bytes is told when something is due: so it strikes in any
 * phase, handshakes and the last leave among them.
 */
final class Nemesis implements AutoCloseable {
  private final NetworkedDistrict district;
  private final NemesisPlan plan;
  private final Map<Integer, CuttingProxy> links = new TreeMap<>();
  private final Map<Integer, PartyThread<SitePart>> sites = new TreeMap<>(); // guarded by this
  private final Set<Integer> restarted = new HashSet<>(); // guarded by this
  private final Set<Disturbance> happened = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private NetworkedDistrict.Grid grid;
  private PartyThread<Void> cloud; // guarded by this; null where the run takes none
  private CuttingProxy cloudLink; // the same, and of all sites
  private Endpoint cloudAt;
  private boolean over; // guarded by this

  Nemesis(NetworkedDistrict district, NemesisPlan plan) {
    this.district = district;
    this.plan = plan;
  }

  /** What has happened so far; all that was planned or less, where the run ended before. */
  Set<Disturbance> happened() {
    return happened;
  }

  /**
   * Runs to the end.
   *
   * @return what the operator, or its last successor, knows then
   * @throws java.util.concurrent.TimeoutException when a party hangs
   * @throws ExecutionException when one ends otherwise than with a result
   */
  OperatorPart run() throws Exception {
    grid = operator();
    int port = grid.port.get();
    startCloud();
    for (GridCase.Node node : district.gridCase.nodes()) {
      CuttingProxy link = new CuttingProxy(port);
      links.put(node.id(), link);
      plan.disturbances().stream()
          .filter(what -> !strikesOperator(what) && what.node() == node.id())
          .forEach(what -> link.when(what.bytes(), () -> happen(what)));
    }
    synchronized (this) {
      links.keySet().forEach(this::startSite);
    }
    OperatorPart part = operatorsEnd();
    synchronized (this) {
      over = true;
    }
    for (Map.Entry<Integer, PartyThread<SitePart>> site : sites.entrySet()) {
      // who was killed when it had taken its leave has a successor that finds no operator
      if (!restarted.contains(site.getKey())) {
        site.getValue().get(PATIENCE);
      }
    }
    if (broken.isDone()) {
      throw new AssertionError("the nemesis itself has failed", broken.get());
    }
    return part;
  }

  private OperatorPart operatorsEnd() throws Exception {
    while (true) {
      try {
        return grid.part.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof KilledError)) {
          throw e;
        }
        grid = operator();
        int port = grid.port.get();
        links.values().forEach(link -> link.leadTo(port));
      }
    }
  }

  private NetworkedDistrict.Grid operator() {
    return district
    .new Grid(
        plan.settings(),
        0,
        PATIENCE,
        ended -> killOperator(Kind.KILL_OPERATOR, ended),
        () -> killOperator(Kind.KILL_OPERATOR_AT_ITS_RESULT, Integer.MAX_VALUE));
  }

  private static boolean strikesOperator(Disturbance what) {
    return what.kind() == Kind.KILL_OPERATOR || what.kind() == Kind.KILL_OPERATOR_AT_ITS_RESULT;
  }

  /** On the operator's thread, which does not come back from it. */
  private void killOperator(Kind kind, int ended) {
    for (Disturbance what : plan.disturbances()) {
      if (what.kind() == kind && what.iteration() <= ended && happened.add(what)) {
        links.values().forEach(CuttingProxy::cut); // before it can take its leave
        throw new KilledError();
      }
    }
  }

  private synchronized void happen(Disturbance what) {
    if (over) {
      return;
    }
    happened.add(what);
    CuttingProxy link = links.get(what.node());
    try {
      switch (what.kind()) {
        case CUT -> link.cut();
        case DELAY -> link.delay(what.millis());
        case SILENCE -> link.silenceOpen();
        case KILL_SITE -> killSite(what.node(), false);
        case LOSE_DISK_OF_SITE -> killSite(what.node(), true);
        case KILL_CLOUD -> cloud.kill();
        case RESTART_CLOUD -> {
          cloud.kill();
          startCloudProcess();
        }
        default -> throw new IllegalStateException(what.toString());
      }
    } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
      broken.complete(e);
    }
  }

  private void killSite(int node, boolean withItsDisk) throws IOException, InterruptedException {
    links.get(node).cut();
    sites.get(node).kill();
    if (withItsDisk) {
      Files.deleteIfExists(district.siteFolder(node).resolve(RunMemory.NAME));
    }
    restarted.add(node);
    startSite(node);
  }

  private void startSite(int node) {
    Endpoint operator = new Endpoint(HOST, links.get(node).port());
    sites.put(
        node,
        new PartyThread<>(
            () -> district.attend(node, district.site(node, false), operator, cloudAt, PATIENCE)));
  }

  private void startCloud() throws IOException, ExecutionException, InterruptedException {
    if (plan.settings().privacy().masksPrograms()) {
      district.enrol(district.cloudFolder(), "cloud");
      cloudLink = new CuttingProxy(0);
      cloudAt = new Endpoint(HOST, cloudLink.port());
      startCloudProcess();
    }
  }

  private void startCloudProcess() throws ExecutionException, InterruptedException {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    cloud =
        new PartyThread<>(
            () -> {
              try {
                district.serveCloud(0, port::complete);
              } catch (RuntimeException e) {
                port.completeExceptionally(e);
              }
              return null;
            });
    cloudLink.leadTo(port.get());
  }

  /** Ends what is left. */
  @Override
  public synchronized void close() {
    over = true;
    links.values().forEach(CuttingProxy::close);
    if (cloudLink != null) {
      cloudLink.close();
    }
    try {
      for (PartyThread<SitePart> site : sites.values()) {
        site.kill();
      }
      if (cloud != null) {
        cloud.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
