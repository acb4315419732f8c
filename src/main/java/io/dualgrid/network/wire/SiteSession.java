package io.dualgrid.network.wire;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One site's stream, at the operator. gRPC calls it from one thread at a time. A site that is let
 * in can have the operator hold a few letters and one that is coming, and nobody more than a hello.
 */
final class SiteSession implements StreamObserver<byte[]> {
  /** How a stream ends over which a run may go on another day. */
  static final Status BROKEN_OFF = Status.ABORTED.withDescription("the run was broken off");

  private static final int MOST_HELLO_BYTES = 64 << 10;
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  /** What a site of ten lines sends at once. The operator takes it as soon as it waits for any. */
  private static final int MOST_WAITING_BYTES = 1 << 20;

  private final SessionServer server;
  private final X509Certificate certificate;
  private final Inflow in;
  private final Outflow out;
  private final AtomicInteger unasked = new AtomicInteger(); // letters since it was told anything
  private int edge = -1;
  private boolean refused;
  private volatile boolean welcomed;

  /** While the call opens. */
  SiteSession(
      SessionServer server, X509Certificate certificate, ServerCallStreamObserver<byte[]> down) {
    this.server = server;
    this.certificate = certificate;
    down.disableAutoRequest();
    in = new Inflow(down::request, MOST_WAITING_BYTES, MOST_HELLO_BYTES);
    out = new Outflow(down);
    in.begin();
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Whether it has been let in and told so. */
  boolean welcomed() {
    return welcomed;
  }

  @Override
  public void onNext(byte[] chunk) {
    if (refused) {
      return;
    }
    try {
      in.accept(chunk).ifPresent(this::take);
    } catch (PlaceTakenException e) {
      refuse(Status.ALREADY_EXISTS, e);
    } catch (WireException e) {
      refuse(Status.PERMISSION_DENIED, e);
    }
  }

  private void take(byte[] message) {
    if (welcomed) {
      server.requireAsked(edge, unasked.incrementAndGet());
      server.arrived(this, edge, message);
      return;
    }
    edge = server.enter(this, certificate);
    send(server.answer(edge, message), Duration.ZERO);
    in.allow(MOST_MESSAGE_BYTES);
    in.taken(message);
    welcomed = true;
    server.welcomed(edge);
  }

  /** A letter of this site is read. */
  void taken(byte[] message) {
    in.taken(message);
  }

  private void refuse(Status status, RuntimeException e) {
    refused = true;
    server.refused(edge, e.getMessage());
    end(status.withDescription(e.getMessage()));
    lose(e.getMessage());
  }

  private void lose(String reason) {
    if (edge >= 0) {
      server.gone(this, edge, reason);
    }
  }

  /**
   * Sends a message, when the one before it has left.
   *
   * @param patience how long the site may take nothing before it is lost
   */
  void send(byte[] message, Duration patience) {
    unasked.set(0);
    switch (out.send(message, patience, server::tellSlow)) {
      case NOWHERE -> lose("the connection is closed");
      case STALLED -> {
        String reason = "it has taken nothing for " + patience.toSeconds() + " s";
        end(Status.UNAVAILABLE.withDescription(reason)); // nobody waits for it again
        lose(reason);
      }
      default -> {}
    }
  }

  /** Ends the stream with a reason. */
  void end(Status status) {
    out.end(status);
  }

  /** Ends the stream well. */
  void complete() {
    out.complete();
  }

  @Override
  public void onError(Throwable t) {
    out.hasEnded();
    lose("the connection was lost (" + Status.fromThrowable(t).getCode() + ")");
  }

  @Override
  public void onCompleted() {
    if (edge >= 0) {
      server.left(this, edge);
    }
  }
}
