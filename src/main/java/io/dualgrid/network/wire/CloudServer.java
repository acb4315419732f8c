package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cloud's end of the links to the sites it solves for. It serves who shows a certificate of the
 * clients' authority, which names nobody.
 */
public final class CloudServer implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 1 << 29; // a program of 6,000 variables

  private final Function<byte[], CompletableFuture<byte[]>> service;
  private final Server server;

  /**
   * Begins to listen.
   *
   * @param own what the cloud shows, as it stands at each handshake
   * @param service answers bytes
   */
  public CloudServer(
      Endpoint listen,
      Supplier<Credentials> own,
      X509Certificate clients,
      Function<byte[], CompletableFuture<byte[]>> service) {
    this.service = service;
    try {
      server =
          Tls.server(listen, own, clients)
              .intercept(new PeerIdentity())
              .addService(
                  ServerServiceDefinition.builder(Calls.ASK.getServiceName())
                      .addMethod(Calls.ASK, ServerCalls.asyncBidiStreamingCall(this::open))
                      .build())
              .build()
              .start();
    } catch (IOException e) {
      throw new WireException("cannot listen on " + listen + ": " + SessionServer.reason(e), e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Serves until the process is told to end. */
  public void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  private StreamObserver<byte[]> open(StreamObserver<byte[]> back) {
    return new Question((ServerCallStreamObserver<byte[]>) back);
  }

  /** One call: its question is taken in, and nothing after it. */
  private final class Question implements StreamObserver<byte[]> {
    private final Inflow in;
    private final Outflow out;

    Question(ServerCallStreamObserver<byte[]> back) {
      back.disableAutoRequest();
      in = new Inflow(back::request, 1, MOST_MESSAGE_BYTES);
      out = new Outflow(back);
      in.begin();
    }

    @Override
    public void onNext(byte[] chunk) {
      try {
        in.accept(chunk).ifPresent(question -> service.apply(question).whenComplete(this::tell));
      } catch (WireException e) {
        out.end(Status.INVALID_ARGUMENT);
      }
    }

    private void tell(byte[] answer, Throwable failure) {
      if (failure == null) {
        out.send(answer, Duration.ZERO, () -> {}); // the first and only one
        out.complete();
      } else {
        out.end(Status.INVALID_ARGUMENT);
      }
    }

    @Override
    public void onError(Throwable t) {
      out.hasEnded(); // what the site asked for is of no use to anybody
    }

    @Override
    public void onCompleted() {
      // the answer ends the call
    }
  }

  @Override
  public void close() {
    Shutdown.of(server);
  }
}
