package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.dualgrid.protocol.CloudLink;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.security.cert.X509Certificate;
import java.time.Duration;
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

  /** Comes back at once: the question leaves as fast as the cloud takes it. */
  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call;
    try {
      call = valid().newCall(Calls.ASK, CallOptions.DEFAULT);
    } catch (WireException e) {
      answer.completeExceptionally(e);
      return answer;
    }
    Question question = new Question(call, request, answer);
    ClientCalls.asyncBidiStreamingCall(call, question);
    question.begin();
    answer.whenComplete(
        (bytes, failure) -> {
          if (answer.isCancelled()) {
            call.cancel("past the deadline", null);
          }
        });
    return answer;
  }

  /** One call: the question goes up when the cloud is there, and one answer comes. */
  private final class Question implements ClientResponseObserver<byte[], byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private final byte[] request;
    private final CompletableFuture<byte[]> answer;
    private Inflow in;
    private Outflow out;

    Question(ClientCall<byte[], byte[]> call, byte[] request, CompletableFuture<byte[]> answer) {
      this.call = call;
      this.request = request;
      this.answer = answer;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> up) {
      up.disableAutoRequestWithInitial(0);
      in = new Inflow(up::request, 1, MOST_MESSAGE_BYTES);
      out = new Outflow(up);
    }

    void begin() {
      in.begin();
      out.send(request, Duration.ZERO, () -> {}); // the first and only one
      out.complete();
    }

    @Override
    public void onNext(byte[] chunk) {
      PeerIdentity.of(call.getAttributes()).ifPresent(now -> peer = now);
      in.accept(chunk).ifPresent(answer::complete);
    }

    @Override
    public void onError(Throwable t) {
      out.hasEnded();
      answer.completeExceptionally(t);
    }

    @Override
    public void onCompleted() {
      out.hasEnded();
      answer.completeExceptionally(new WireException("a cloud that says nothing"));
    }
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
