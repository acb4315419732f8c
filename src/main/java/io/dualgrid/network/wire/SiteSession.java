package io.dualgrid.network.wire;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;

/** One site's stream, at the operator. gRPC calls it from one thread at a time. */
final class SiteSession implements StreamObserver<byte[]> {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  private final SessionServer server;
  private final X509Certificate certificate;
  private final StreamObserver<byte[]> down;
  private final Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
  private int edge = -1;
  private boolean refused;
  private volatile boolean welcomed;

  SiteSession(SessionServer server, X509Certificate certificate, StreamObserver<byte[]> down) {
    this.server = server;
    this.certificate = certificate;
    this.down = down;
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
      chunks.accept(chunk).ifPresent(this::take);
    } catch (PlaceTakenException e) {
      refuse(Status.ALREADY_EXISTS, e);
    } catch (WireException e) {
      refuse(Status.PERMISSION_DENIED, e);
    }
  }

  private void take(byte[] message) {
    if (welcomed) {
      server.arrived(this, edge, message);
      return;
    }
    edge = server.enter(this, certificate);
    send(server.answer(edge, message));
    welcomed = true;
    server.welcomed(edge);
  }

  private void refuse(Status status, RuntimeException e) {
    refused = true;
    server.refused(e.getMessage());
    end(status.withDescription(e.getMessage()));
    lose(e.getMessage());
  }

  private void lose(String reason) {
    if (edge >= 0) {
      server.gone(this, edge, reason);
    }
  }

  /** Sends a message. */
  void send(byte[] message) {
    boolean open;
    synchronized (this) {
      try {
        Chunks.cut(message, down::onNext);
        open = true;
      } catch (IllegalStateException | StatusRuntimeException e) {
        open = false;
      }
    }
    if (!open) {
      lose("the connection is closed");
    }
  }

  /** Ends the stream with a reason. */
  synchronized void end(Status status) {
    try {
      down.onError(status.asRuntimeException());
    } catch (IllegalStateException | StatusRuntimeException e) {
      // it has ended already
    }
  }

  /** Ends the stream well. */
  synchronized void complete() {
    try {
      down.onCompleted();
    } catch (IllegalStateException | StatusRuntimeException e) {
      // it has ended already
    }
  }

  @Override
  public void onError(Throwable t) {
    lose("the connection was lost (" + Status.fromThrowable(t).getCode() + ")");
  }

  @Override
  public void onCompleted() {
    if (edge >= 0) {
      server.left(this, edge);
    }
  }
}
