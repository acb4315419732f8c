package io.dualgrid.runtime;

import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Carries bytes between an edge and a cloud in one process. */
public final class InProcessCloudLink implements CloudLink {
  private final int edge;
  private final Function<byte[], CompletableFuture<byte[]>> cloud;
  private final MessageTap tap;

  /**
   * For one edge.
   *
   * @param edge number of the edge, for the tap; the cloud does not get it
   * @param cloud answers bytes
   */
  public InProcessCloudLink(
      int edge, Function<byte[], CompletableFuture<byte[]>> cloud, MessageTap tap) {
    this.edge = edge;
    this.cloud = cloud;
    this.tap = tap;
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    for (byte[] arriving : tap.pass(Way.TO_CLOUD, edge, request)) {
      cloud.apply(arriving).whenComplete((bytes, failure) -> pass(bytes, failure, answer));
    }
    return answer;
  }

  /** The first that arrives is the answer. */
  private void pass(byte[] bytes, Throwable failure, CompletableFuture<byte[]> answer) {
    if (failure != null) {
      answer.completeExceptionally(failure);
      return;
    }
    List<byte[]> arriving = tap.pass(Way.FROM_CLOUD, edge, bytes);
    arriving.stream().findFirst().ifPresent(answer::complete);
  }
}
