package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
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
    Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
    return new StreamObserver<>() {
      private boolean answered;

      @Override
      public void onNext(byte[] chunk) {
        if (answered) {
          return;
        }
        try {
          chunks
              .accept(chunk)
              .ifPresent(
                  question -> {
                    answered = true;
                    service.apply(question).whenComplete((answer, e) -> tell(answer, e, back));
                  });
        } catch (WireException e) {
          answered = true;
          back.onError(Status.INVALID_ARGUMENT.asRuntimeException());
        }
      }

      @Override
      public void onError(Throwable t) {
        // the site has gone; what it asked for is of no use to anybody
      }

      @Override
      public void onCompleted() {
        // the answer ends the call
      }
    };
  }

  private static void tell(byte[] answer, Throwable failure, StreamObserver<byte[]> back) {
    try {
      if (failure == null) {
        Chunks.cut(answer, back::onNext);
        back.onCompleted();
      } else {
        back.onError(Status.INVALID_ARGUMENT.asRuntimeException());
      }
    } catch (RuntimeException e) {
      // whoever asked has gone
    }
  }

  @Override
  public void close() {
    Shutdown.of(server);
  }
}
