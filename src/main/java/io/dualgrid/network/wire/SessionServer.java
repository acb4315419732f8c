package io.dualgrid.network.wire;

import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.protocol.Transport;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The operator's end of the links to all sites. A site dials in, shows its certificate, and says
 * hello; when all are there, the run can begin. A link that breaks, a site that falls silent beyond
 * the deadline and a certificate that runs out end the run, each by name.
 */
public final class SessionServer implements Transport, AutoCloseable {
  private static final int MOST_MESSAGE_BYTES = 64 << 20;
  private static final long GLANCE_MILLIS = 500;

  private final List<String> sites;
  private final AllowList allowed;
  private final Duration deadline;
  private final Doorkeeper doorkeeper;
  private final Session[] sessions;
  private final CountDownLatch missing;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Server server;
  private volatile boolean closing;

  /** Looks at what a site says first. */
  public interface Doorkeeper {
    /**
     * Answers a hello.
     *
     * @param edge number of the site
     * @throws WireException when it cannot take part; the site is told the message
     */
    byte[] answer(int edge, byte[] hello);
  }

  private record Event(int edge, byte[] bytes, String lost) {}

  /**
   * Begins to listen.
   *
   * @param sites names in certificates, in the order of the links
   * @param deadline how long a phase may take
   */
  public SessionServer(
      Endpoint listen,
      Credentials own,
      AllowList allowed,
      List<String> sites,
      Duration deadline,
      Doorkeeper doorkeeper) {
    this.sites = List.copyOf(sites);
    this.allowed = allowed;
    this.deadline = deadline;
    this.doorkeeper = doorkeeper;
    sessions = new Session[sites.size()];
    missing = new CountDownLatch(sites.size());
    try {
      server =
          Tls.server(listen, own, own.trusted())
              .intercept(new PeerIdentity())
              .addService(
                  ServerServiceDefinition.builder(Calls.SESSION.getServiceName())
                      .addMethod(Calls.SESSION, ServerCalls.asyncBidiStreamingCall(this::open))
                      .build())
              .build()
              .start();
    } catch (IOException e) {
      throw new WireException("cannot listen on " + listen + ": " + reason(e), e);
    }
  }

  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Waits for all sites.
   *
   * @throws WireException naming those that have not come
   */
  public void awaitAll(Duration patience) {
    try {
      if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WireException(
            "after " + patience.toSeconds() + " s these sites have not connected: " + absent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while waiting for sites", e);
    }
  }

  private synchronized List<String> absent() {
    List<String> absent = new ArrayList<>();
    for (int edge = 0; edge < sessions.length; edge++) {
      if (sessions[edge] == null) {
        absent.add(sites.get(edge));
      }
    }
    return absent;
  }

  private StreamObserver<byte[]> open(StreamObserver<byte[]> down) {
    X509Certificate shown = PeerIdentity.CERTIFICATE.get();
    return new Session(shown, down);
  }

  private synchronized int enter(Session session) {
    String name;
    try {
      name = Names.of(session.certificate);
    } catch (PkiException e) {
      throw new WireException(e.getMessage(), e);
    }
    int edge = sites.indexOf(name);
    if (edge < 0) {
      throw new WireException(name + " is no site of this feeder");
    }
    if (!allowed.admits(session.certificate)) {
      throw new WireException(name + " is not on the list of those let in, or not with this key");
    }
    if (sessions[edge] != null) {
      throw new WireException(name + " is connected already: one process to a site");
    }
    sessions[edge] = session;
    return edge;
  }

  /** One site's stream. gRPC calls it from one thread at a time. */
  private final class Session implements StreamObserver<byte[]> {
    private final X509Certificate certificate;
    private final StreamObserver<byte[]> down;
    private final Chunks chunks = new Chunks(MOST_MESSAGE_BYTES);
    private int edge = -1;
    private boolean refused;

    Session(X509Certificate certificate, StreamObserver<byte[]> down) {
      this.certificate = certificate;
      this.down = down;
    }

    @Override
    public void onNext(byte[] chunk) {
      if (refused) {
        return;
      }
      try {
        chunks.accept(chunk).ifPresent(this::take);
      } catch (WireException e) {
        refuse(e);
      }
    }

    private void take(byte[] message) {
      if (edge >= 0) {
        events.add(new Event(edge, message, null));
        return;
      }
      int place = enter(this);
      try {
        send(doorkeeper.answer(place, message));
      } catch (WireException e) {
        leave(place);
        throw e;
      }
      edge = place;
      missing.countDown();
    }

    private void refuse(WireException e) {
      refused = true;
      down.onError(Status.PERMISSION_DENIED.withDescription(e.getMessage()).asRuntimeException());
      lose(e.getMessage());
    }

    private void lose(String reason) {
      if (edge >= 0 && !closing) {
        events.add(new Event(edge, null, reason));
      }
    }

    synchronized void send(byte[] message) {
      Chunks.cut(message, down::onNext);
    }

    @Override
    public void onError(Throwable t) {
      lose("the connection was lost (" + Status.fromThrowable(t).getCode() + ")");
    }

    @Override
    public void onCompleted() {
      lose("it has hung up");
      down.onCompleted();
    }
  }

  private synchronized void leave(int edge) {
    sessions[edge] = null;
  }

  @Override
  public int edges() {
    return sites.size();
  }

  @Override
  public void send(int edge, byte[] bytes) {
    try {
      sessions[edge].send(bytes);
    } catch (IllegalStateException | StatusRuntimeException e) {
      // the stream has ended; what it ended with comes after what is among the events already
      events.add(new Event(edge, null, "the connection is closed"));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws WireException when a site is lost, or none says anything within the deadline
   */
  @Override
  public List<Arrival> receive() {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      while (System.nanoTime() < end) {
        Event first = events.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        requireCertificates();
        if (first != null) {
          List<Event> taken = new ArrayList<>(List.of(first));
          events.drainTo(taken);
          return taken.stream().map(this::arrival).toList();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while waiting for sites", e);
    }
    return List.of();
  }

  private Arrival arrival(Event event) {
    if (event.bytes() == null) {
      throw new WireException(sites.get(event.edge()) + ": " + event.lost());
    }
    return new Arrival(event.edge(), event.bytes());
  }

  /** An open stream outlives its certificate unless somebody looks. */
  private void requireCertificates() {
    Instant now = Instant.now();
    for (int edge = 0; edge < sessions.length; edge++) {
      Session session = sessions[edge];
      if (session != null && now.isAfter(session.certificate.getNotAfter().toInstant())) {
        throw new WireException(
            sites.get(edge) + ": its certificate ran out at " + session.certificate.getNotAfter());
      }
    }
  }

  /** Ends all streams and stops listening. */
  @Override
  public void close() {
    closing = true;
    for (Session session : sessions) {
      if (session != null) {
        try {
          session.down.onCompleted();
        } catch (IllegalStateException | StatusRuntimeException e) {
          // it has ended already
        }
      }
    }
    Shutdown.of(server);
  }
}
