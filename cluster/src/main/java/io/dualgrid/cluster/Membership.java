package io.dualgrid.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.wire.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/** How a machine becomes a member of a cluster, which it can by mutual TLS only, and leaves it. */
final class Membership {
  private static final Logger LOG = Logger.getLogger(Membership.class.getName());

  /** What the phases of an ordered end take at most, by their own limits, and some more. */
  private static final long LEAVING_SECONDS = 60;

  private Membership() {}

  /**
   * Starts; it has joined nobody yet.
   *
   * @param name of the cluster; stands in addresses
   * @param settings of Pekko; what they leave out is as Pekko has it
   * @throws PkiException when its folder lacks something, or is not that of a machine of a cluster
   */
  static <T> ActorSystem<T> start(
      Behavior<T> guardian, String name, WorkerConfig config, Config settings) {
    PartyFolder folder = PartyFolder.of(config.folder());
    Credentials own = folder.credentials();
    if (!Names.isMemberOfCloud(own.name())) {
      throw new PkiException(
          folder.certificate()
              + ": is of "
              + own.name()
              + ", no machine of a cloud; make its keys with: dualgrid cloud init DIR --name"
              + " cloud/1");
    }
    MemberTls tls =
        new MemberTls(
            Watched.credentials(folder),
            Watched.allowList(config.folder().resolve(AllowList.NAME)));
    return ActorSystem.create(
        guardian,
        name,
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseMap(
                        Map.of(
                            "pekko.remote.artery.canonical.hostname", config.own().host(),
                            "pekko.remote.artery.canonical.port", config.own().port()))
                    .withFallback(settings)
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve()),
            SSLEngineProviderSetup.create(classic -> tls)));
  }

  /**
   * Joins, or begins where it is the first of the list and finds none of the others.
   *
   * @param machines any of which lets it in
   */
  static void join(ActorSystem<?> system, List<Endpoint> machines) {
    Cluster.get(system)
        .manager()
        .tell(
            new JoinSeedNodes(
                machines.stream()
                    .map(at -> new Address("pekko", system.name(), at.host(), at.port()))
                    .toList()));
  }

  /**
   * Leaves the others and ends. An end that does not come, which was seen once of a member that
   * left while another did, is not waited for without limit: the others give such a machine up.
   */
  static void leave(ActorSystem<?> system) {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(LEAVING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warning(
          "not out of the cluster after " + LEAVING_SECONDS + " s: left to the others to give up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster's end has failed", e.getCause());
    }
  }
}
