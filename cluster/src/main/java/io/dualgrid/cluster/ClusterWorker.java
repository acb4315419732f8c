package io.dualgrid.cluster;

import com.typesafe.config.ConfigFactory;
import io.dualgrid.cloud.CloudRoom;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.CloudQuestion;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * One machine of a cloud: it joins the others, has its share of the masks, and carries questions to
 * masks wherever they are. Thread safe.
 */
final class ClusterWorker implements CloudLink, AutoCloseable {
  /** Of the cluster; stands in addresses. */
  static final String NAME = "dualgrid";

  private static final EntityTypeKey<ChunkMessage.ToReceiver> MASKS =
      EntityTypeKey.create(ChunkMessage.ToReceiver.class, "mask");

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final ExecutorService solving;
  private final ActorSystem<Ask> system;
  private final ClusterSharding masks;
  private final CompletableFuture<Void> joined = new CompletableFuture<>();

  /** A question, and who waits for its answer. */
  private record Ask(
      byte[] question, EntityRef<ChunkMessage.ToReceiver> mask, CompletableFuture<byte[]> answer) {}

  /**
   * Starts and joins.
   *
   * @throws PkiException when its folder lacks something, or is not that of a machine of a cloud
   */
  ClusterWorker(WorkerConfig config) {
    PartySetup setup =
        new PartySetup(RunSettings.builder().qpBackend(config.qp()).build(), RunHooks.NONE);
    CloudRoom room = new CloudRoom(config.mostBytes()); // of all masks together
    solving = Executors.newFixedThreadPool(config.threads());
    system =
        Membership.start(guardian(), NAME, config, ConfigFactory.parseResources("worker.conf"));
    masks = ClusterSharding.get(system);
    masks.init(
        Entity.of(
            MASKS, context -> MaskEntity.create(setup.cloud(solving, room), context.getShard())));
    org.apache.pekko.cluster.Cluster.get(Adapter.toClassic(system))
        .registerOnMemberUp(() -> joined.complete(null));
    Membership.join(system, config.machines());
  }

  private static Behavior<Ask> guardian() {
    return Behaviors.receive(
        (context, ask) -> {
          context.spawnAnonymous(Caller.create(ask.question(), ask.mask()::tell, ask.answer()));
          return Behaviors.same();
        });
  }

  /** Done once this machine is a member. */
  CompletableFuture<Void> joined() {
    return joined;
  }

  /** Done once it is none any more, as when the others have given it up. */
  CompletableFuture<Void> ended() {
    return system.getWhenTerminated().toCompletableFuture().thenApply(done -> null);
  }

  /** Number of machines that this one takes for members. */
  int members() {
    int count = 0;
    for (Member member : Cluster.get(system).state().getMembers()) {
      count += member.status() == MemberStatus.up() ? 1 : 0;
    }
    return count;
  }

  /**
   * Number of masks that each machine holds, by its address; those that do not answer are left out.
   */
  Map<String, Integer> shares() {
    Map<String, Integer> shares = new TreeMap<>();
    ClusterShardingStats stats =
        AskPattern.<ClusterShardingQuery, ClusterShardingStats>ask(
                masks.shardState(),
                reply -> new GetClusterShardingStats(MASKS, LOOK, reply),
                LOOK.plus(LOOK),
                system.scheduler())
            .toCompletableFuture()
            .join();
    stats
        .getRegions()
        .forEach(
            (address, region) ->
                shares.put(
                    address.toString(),
                    region.getStats().values().stream().mapToInt(count -> (Integer) count).sum()));
    return shares;
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    try {
      String mask = Long.toHexString(CloudQuestion.maskOf(request));
      system.tell(new Ask(request, masks.entityRefFor(MASKS, mask), answer));
    } catch (ProtocolException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /** Leaves the others, who take over its share of the masks. */
  @Override
  public void close() {
    Membership.leave(system);
    solving.shutdownNow();
  }
}
