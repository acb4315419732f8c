package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The end of one stream to the operator at who dials it: a site, or a relay. When the stream has
 * ended, another link is made. One thread reads, any may write; what the operator sends is received
 * beside it, whether it reads or not, up to a limit beyond all that the operator may say before it
 * hears more.
 */
public final class SiteLink implements AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;

  /** A hundred lines' sums of the published parameters. */
  private static final int MOST_WAITING_BYTES = 64 << 20;

  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final byte[] ENDED = {};

  private final ManagedChannel channel;
  private final Endpoint operator;
  private final X509Certificate own;
  private final LinkedBlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private final ClientCall<byte[], byte[]> call;
  private final Session session = new Session();
  private volatile Status ended;

  /** Dials; whether somebody is there is seen by what comes back. */
  public SiteLink(Endpoint operator, Credentials own) {
    this.operator = operator;
    this.own = own.certificate();
    channel = Tls.channel(operator, Credentials.OPERATOR, own);
    // by the network's own threads: nothing waits here, and another thread takes longer than the
    // work
    call = channel.newCall(Calls.SESSION, CallOptions.DEFAULT.withExecutor(Runnable::run));
    ClientCalls.asyncBidiStreamingCall(call, session);
    session.in.begin();
  }

  /** What gRPC calls, from one thread at a time. */
  private final class Session implements ClientResponseObserver<byte[], byte[]> {
    private Inflow in;
    private Outflow out;

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> up) {
      up.disableAutoRequestWithInitial(0);
      in = new Inflow(up::request, MOST_WAITING_BYTES, MOST_MESSAGE_BYTES);
      out = new Outflow(up);
    }

    @Override
    public void onNext(byte[] chunk) {
      in.accept(chunk).ifPresent(arrived::add);
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
      out.hasEnded();
      arrived.add(ENDED);
    }
  }

  /**
   * Sends a message, when the one before it has left; whether it arrives is seen by what comes
   * back.
   *
   * @param patience how long the operator may take nothing
   * @throws LostLinkException when that is over
   */
  public void send(byte[] message, Duration patience) {
    if (session.out.send(message, patience, this::requireValid) == Outflow.Sent.STALLED) {
      throw new LostLinkException(
          "the operator at " + operator + " has taken nothing for " + patience.toSeconds() + " s");
    }
  }

  /** Whether the operator has hung up, or is lost; {@link #receive} tells why. */
  public boolean hasEnded() {
    return ended != null;
  }

  /** What the operator said when it hung up; nothing where it did not, or was cut off. */
  public Optional<String> lastWords() {
    return ended != null && ended.getCode() == Status.Code.UNAVAILABLE && ended.getCause() == null
        ? Optional.ofNullable(ended.getDescription())
        : Optional.empty();
  }

  /**
   * Waits for a message.
   *
   * @throws LostLinkException when the stream has ended, a certificate has run out, or nothing
   *     comes within the patience
   * @throws WireException when the operator refuses this site
   */
  public byte[] receive(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      requireValid();
      Optional<byte[]> message = poll(GLANCE);
      if (message.isPresent()) {
        if (message.get() == ENDED) {
          throw ended();
        }
        session.in.taken(message.get());
        return message.get();
      }
      if (System.nanoTime() > end) {
        throw new LostLinkException(
            "the operator at " + operator + " has said nothing for " + patience.toSeconds() + " s");
      }
    }
  }

  /** An open stream outlives the certificates of its ends unless somebody looks. */
  private void requireValid() {
    if (PeerIdentity.ranOut(own)) {
      throw new LostLinkException("this site's certificate ran out at " + PeerIdentity.end(own));
    }
    PeerIdentity.of(call.getAttributes())
        .filter(PeerIdentity::ranOut)
        .ifPresent(
            shown -> {
              throw new LostLinkException(
                  "the certificate of the operator at "
                      + operator
                      + " ran out at "
                      + PeerIdentity.end(shown));
            });
  }

  private Optional<byte[]> poll(Duration patience) {
    try {
      return Optional.ofNullable(arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while waiting for the operator", e);
    }
  }

  /** What the end of the stream means for whoever waits. */
  private RuntimeException ended() {
    Status why = ended;
    String told = "the operator at " + operator;
    // gRPC goes on in further lines about its own inside
    String reason =
        why.getDescription() == null
            ? ""
            : ": " + why.getDescription().lines().findFirst().orElse("");
    if (why.getCode() == Status.Code.PERMISSION_DENIED) {
      return new WireException(told + " does not let this site in" + reason);
    }
    if (why.getCode() == Status.Code.ALREADY_EXISTS) {
      return new PlaceTakenException(told + " does not let this site in" + reason);
    }
    if (why.getCause() != null) {
      reason += " (" + SessionServer.reason(why.getCause()) + ")";
    }
    if (isDistrust(why.getCause())) {
      return new DistrustException(
          told + " is not who it should be, or does not know this site's certificate" + reason);
    }
    return new LostLinkException(told + (why.isOk() ? " has hung up" : " is lost") + reason);
  }

  /**
   * Whether one side has refused the other. A handshake that is too slow, or breaks off since its
   * other end dies, says nothing of either; Netty tells these by exceptions of its own, or, where
   * it cannot write its part of the handshake any more, by one around that of the system.
   */
  static boolean isDistrust(Throwable cause) {
    boolean refused = false;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof IOException && !(each instanceof SSLException)) {
        return false;
      }
      boolean brokenOff =
          each instanceof SSLHandshakeException && each.getClass() != SSLHandshakeException.class;
      refused |= each instanceof SSLException && !brokenOff;
    }
    return refused;
  }

  /**
   * Takes leave, and waits until the operator wants nothing more of this site.
   *
   * @return whether the run is complete; else it was broken off, and may go on
   * @throws LostLinkException when the operator goes without saying so
   */
  public boolean leave(Duration patience) {
    session.out.complete();
    try {
      while (true) {
        receive(patience); // what was on the way
      }
    } catch (LostLinkException e) {
      if (ended == null || !ended.isOk() && ended.getCode() != SiteSession.BROKEN_OFF.getCode()) {
        throw e;
      }
    }
    return ended.isOk();
  }

  @Override
  public void close() {
    if (ended == null) {
      session.out.end(Status.CANCELLED);
    }
    Shutdown.of(channel);
  }
}
