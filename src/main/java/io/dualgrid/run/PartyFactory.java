package io.dualgrid.run;

import io.dualgrid.auth.CertificateAuthority;
import io.dualgrid.auth.SiteIdentity;
import io.dualgrid.cloud.CloudService;
import io.dualgrid.device.DesProgram;
import io.dualgrid.edge.EdgeConfig;
import io.dualgrid.edge.EdgeCredentials;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.operator.Network;
import io.dualgrid.operator.Operator;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.Transport;
import io.dualgrid.runtime.InProcessCloudLink;
import io.dualgrid.runtime.InProcessTransport;
import io.dualgrid.runtime.TappedTransport;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.site.GridCase;
import io.dualgrid.steering.SteeredFeeder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Sets up the energy systems, the operator and the cloud of a case, as the settings ask for. */
final class PartyFactory {
  /** A run in one process has one epoch. */
  private static final int EPOCH = 1;

  /** Of certificates that are made for one run, in which keys are exchanged at the start only. */
  private static final Duration CERTIFICATE_VALIDITY = Duration.ofDays(1);

  private final GridCase gridCase;
  private final RunSettings settings;
  private final RunHooks hooks;
  private final WorkerPool pool;
  private final PartySetup setup;

  /**
   * Chooses the backends.
   *
   * @throws BackendMissingException when one that was asked for cannot be had
   */
  PartyFactory(GridCase gridCase, RunSettings settings, RunHooks hooks, WorkerPool pool) {
    this.gridCase = gridCase;
    this.settings = settings;
    this.hooks = hooks;
    this.pool = pool;
    setup = new PartySetup(settings, hooks);
  }

  /** Name and version of each backend in use, by role. */
  Map<String, RunResult.Backend> backends() {
    return setup.backends();
  }

  /** Sets up all parties; the result owns them. */
  Parties create(List<DesProgram> programs, Network network) {
    Parties parties = new Parties();
    try {
      RunId run = RunId.draw(new SecureRandom());
      int count = programs.size();
      InProcessTransport transport = new InProcessTransport(count, pool);
      CloudService cloud =
          settings.privacy().masksPrograms() ? parties.own(setup.cloud(Runnable::run)) : null;
      // of the sites, not of the operator: nobody keeps it once all have their certificates
      CertificateAuthority authority =
          settings.privacy().encryptsMessages() ? new CertificateAuthority() : null;
      SteeredFeeder feeder = network.steered();
      List<EdgeCredentials> credentials =
          authority == null
              ? null
              : pool.map(programs, program -> credentials(authority, program.nodeId()));
      List<EdgeNode> edges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        DesProgram program = programs.get(i);
        int edge = i;
        CloudLink link =
            cloud == null
                ? null
                : hooks.cloud(edge, new InProcessCloudLink(edge, cloud::handle, hooks.tap()));
        EdgeConfig config =
            setup.config(
                feeder,
                edge,
                gridCase.nodes().get(i),
                gridCase.limits(),
                program,
                credentials == null ? null : credentials.get(i),
                link);
        Outbox outbox = Outbox.repeating(run, EPOCH, i, transport.toOperator(i));
        edges.add(parties.own(new EdgeNode(config, run, EPOCH, i, outbox)));
      }
      List<Integer> schedule =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingInt(i -> -programs.get(i).program().variableCount()))
              .toList();
      transport.connect(
          edges.stream().<Consumer<byte[]>>map(edge -> edge::receive).toList(), schedule);
      Transport tapped = new TappedTransport(transport, hooks.tap());
      Operator operator =
          parties.own(new Operator(network, setup.agreement(run, EPOCH), tapped, pool));
      parties.use(edges, operator, transport);
      return parties;
    } catch (RuntimeException | Error e) {
      parties.close();
      throw e;
    }
  }

  private EdgeCredentials credentials(CertificateAuthority authority, int node) {
    Instant now = Instant.now();
    SiteIdentity identity =
        authority.enrol(
            EdgeCredentials.site(gridCase.name(), node), now, now.plus(CERTIFICATE_VALIDITY));
    return new EdgeCredentials(
        identity, authority.anchor(), gridCase.name(), settings.allowExposedSums());
  }
}
