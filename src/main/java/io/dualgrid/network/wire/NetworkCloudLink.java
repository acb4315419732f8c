package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.dualgrid.protocol.CloudLink;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A site's link to a cloud, to which it shows a certificate without its name. When that or the
 * cloud's runs out, it is dialled anew with the certificate that the site has by then; without one,
 * questions fail.
 */
public final class NetworkCloudLink implements CloudLink, AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  private final Endpoint cloud;
  private final Supplier<Credentials> nameless;
  private Credentials shown;
  private ManagedChannel channel;
  private volatile X509Certificate peer; // null until it has answered

  /**
   * Connects when it is first asked.
   *
   * @param nameless what is shown, as it stands when a connection is made
   */
  public NetworkCloudLink(Endpoint cloud, Supplier<Credentials> nameless) {
    this.cloud = cloud;
    this.nameless = nameless;
    shown = nameless.get();
    channel = Tls.channel(cloud, Credentials.CLOUD, shown);
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
    ClientCall<byte[], byte[]> call;
    try {
      call = valid().newCall(Calls.ASK, CallOptions.DEFAULT);
    } catch (WireException e) {
      answer.completeExceptionally(e);
      return answer;
    }
    StreamObserver<byte[]> question =
        ClientCalls.asyncBidiStreamingCall(
            call,
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] chunk) {
                PeerIdentity.of(call.getAttributes()).ifPresent(now -> peer = now);
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

  /** A channel whose ends have certificates that hold. */
  private synchronized ManagedChannel valid() {
    boolean ownRanOut = Instant.now().isAfter(shown.notAfter());
    X509Certificate seen = peer;
    if (ownRanOut || seen != null && PeerIdentity.ranOut(seen)) {
      Credentials now = nameless.get();
      if (Instant.now().isAfter(now.notAfter())) {
        throw new WireException("this site's certificate for clouds ran out at " + now.notAfter());
      }
      channel.shutdown(); // nothing is asked that has not been answered
      shown = now;
      peer = null;
      channel = Tls.channel(cloud, Credentials.CLOUD, shown);
    }
    return channel;
  }

  @Override
  public synchronized void close() {
    Shutdown.of(channel);
  }
}
