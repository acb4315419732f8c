package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.dualgrid.protocol.CloudLink;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** A site's link to a cloud, to which it shows a certificate without its name. */
public final class NetworkCloudLink implements CloudLink, AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  private final ManagedChannel channel;

  /** Connects when it is first asked. */
  public NetworkCloudLink(Endpoint cloud, Credentials nameless) {
    channel = Tls.channel(cloud, Credentials.CLOUD, nameless);
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
    ClientCall<byte[], byte[]> call = channel.newCall(Calls.ASK, CallOptions.DEFAULT);
    StreamObserver<byte[]> question =
        ClientCalls.asyncBidiStreamingCall(
            call,
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] chunk) {
                chunks.accept(chunk).ifPresent(answer::complete);
              }

              @Override
              public void onError(Throwable t) {
                answer.completeExceptionally(t);
              }

              @Override
              public void onCompleted() {
                answer.completeExceptionally(new WireException("a cloud that says nothing"));
              }
            });
    try {
      Chunks.cut(request, question::onNext);
      question.onCompleted();
    } catch (IllegalStateException e) {
      answer.completeExceptionally(e);
    }
    answer.whenComplete(
        (bytes, failure) -> {
          if (answer.isCancelled()) {
            call.cancel("past the deadline", null);
          }
        });
    return answer;
  }

  @Override
  public void close() {
    Shutdown.of(channel);
  }
}
