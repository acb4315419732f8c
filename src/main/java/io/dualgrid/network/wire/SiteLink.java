package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A site's end of its link to the operator, which it dials. One thread reads and writes. */
public final class SiteLink implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;
  private static final long RETRY_MILLIS = 300;
  private static final byte[] ENDED = {};

  private final ManagedChannel channel;
  private final Endpoint operator;
  private LinkedBlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private StreamObserver<byte[]> up;
  private volatile Status ended;

  /** Connects when it says hello. */
  public SiteLink(Endpoint operator, Credentials own) {
    this.operator = operator;
    channel = Tls.channel(operator, Credentials.OPERATOR, own);
  }

  /**
   * Says hello until the operator answers.
   *
   * @param patience how long to try where nobody listens yet
   * @return the operator's answer
   * @throws WireException when it refuses, or cannot be reached
   */
  public byte[] hello(byte[] hello, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      dial();
      send(hello);
      Optional<byte[]> answer = receive(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      if (answer.isPresent()) {
        return answer.get();
      }
      Status why = ended;
      if (why == null || why.getCode() != Status.Code.UNAVAILABLE || System.nanoTime() > end) {
        throw lost("does not answer");
      }
      if (refusedByTls(why.getCause())) {
        throw lost("is not who it should be, or does not know this site's certificate");
      }
      pause();
    }
  }

  /** Nothing that waiting would mend. */
  private static boolean refusedByTls(Throwable cause) {
    return cause != null && (cause instanceof SSLException || refusedByTls(cause.getCause()));
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while dialling", e);
    }
  }

  private void dial() {
    ended = null;
    LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    arrived = queue;
    Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
    up =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Calls.SESSION, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] chunk) {
                chunks.accept(chunk).ifPresent(queue::add);
              }

              @Override
              public void onError(Throwable t) {
                end(Status.fromThrowable(t));
              }

              @Override
              public void onCompleted() {
                end(Status.OK);
              }

              private void end(Status status) {
                ended = status;
                queue.add(ENDED);
              }
            });
  }

  /** Sends a message; whether it arrives is seen by what comes back. */
  public void send(byte[] message) {
    try {
      Chunks.cut(message, up::onNext);
    } catch (IllegalStateException e) {
      // the stream has ended, which receive tells
    }
  }

  /**
   * Waits for a message.
   *
   * @return empty when the stream has ended, or after the patience
   */
  public Optional<byte[]> receive(Duration patience) {
    try {
      byte[] message = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return message == null || message == ENDED ? Optional.empty() : Optional.of(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while waiting for the operator", e);
    }
  }

  /** Whether the stream is still there. */
  public boolean open() {
    return ended == null;
  }

  /** What became of the link, in words. */
  public WireException lost(String what) {
    Status why = ended;
    String told = "";
    if (why != null && why.getDescription() != null) {
      told = ": " + why.getDescription();
    }
    if (why != null && why.getCause() != null) {
      told += " (" + SessionServer.reason(why.getCause()) + ")";
    }
    return new WireException("the operator at " + operator + " " + what + told);
  }

  @Override
  public void close() {
    if (up != null && open()) {
      up.onCompleted();
    }
    Shutdown.of(channel);
  }
}
