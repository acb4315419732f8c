package io.dualgrid.network.wire;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.problem.Glance;
import io.dualgrid.protocol.Transport;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's end of the links to all sites. A site dials in, shows its certificate, and says
 * hello; when all are there, an epoch can begin. While one runs, a link that breaks, a site that
 * says nothing beyond the deadline, a certificate that runs out or is revoked are told as {@link
 * LostSiteException}; then all links are let go, and sites dial in for the next epoch.
 */
public final class SessionServer implements Transport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionServer.class);
  private static final long GLANCE_MILLIS = 500;
  private static final int MOST_REFUSALS = 1000;
  private static final int MOST_NAMED = 8;

  private final List<Seat> seats;
  private final Supplier<AllowList> allowed;
  private final Duration deadline;
  private final Doorkeeper doorkeeper;
  private final Consumer<String> slow;
  private final SiteSession[] sessions;
  private final BitSet awaited =
      new BitSet(); // sites that have been told something since they spoke
  private final BitSet departed = new BitSet();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Pace pace = new Pace(System::nanoTime);
  private final Set<String> refusals = new HashSet<>(); // since all were there
  private final LogContext context = LogContext.current();
  private final Server server;
  private long lookedRound = System.nanoTime(); // of whoever receives
  private boolean running;
  private boolean talking; // whether something was sent since anything was received
  private int roundTrips;

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

  /**
   * A place at the table.
   *
   * @param name in the certificate of whom it is for
   * @param lines of the node, each of which it may send a letter about
   */
  public record Seat(String name, int lines) {
    /** A letter a line, a report and a farewell answer any order, and may be sent once more. */
    public int mostLetters() {
      return 2 * (lines + 2);
    }
  }

  private record Event(SiteSession session, int edge, byte[] bytes, String lost) {}

  /**
   * Begins to listen.
   *
   * @param own what the operator shows, as it stands at each handshake
   * @param allowed who is let in, as the list stands when asked
   * @param seats of the sites, in the order of the links
   * @param deadline how long a phase may take, and a site take nothing
   * @param slow told who keeps the others waiting
   */
  public SessionServer(
      Endpoint listen,
      Supplier<Credentials> own,
      Supplier<AllowList> allowed,
      List<Seat> seats,
      Duration deadline,
      Doorkeeper doorkeeper,
      Consumer<String> slow) {
    this.seats = List.copyOf(seats);
    this.allowed = allowed;
    this.deadline = deadline;
    this.doorkeeper = doorkeeper;
    this.slow = slow;
    sessions = new SiteSession[seats.size()];
    try {
      server =
          Tls.server(listen, own, own.get().trusted())
              .directExecutor()
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

  private StreamObserver<byte[]> open(StreamObserver<byte[]> down) {
    return new SiteSession(
        this, PeerIdentity.CERTIFICATE.get(), (ServerCallStreamObserver<byte[]>) down);
  }

  /** Names of the sites that are not there. */
  public synchronized List<String> absent() {
    List<String> absent = new ArrayList<>();
    for (int edge = 0; edge < sessions.length; edge++) {
      if (sessions[edge] == null || !sessions[edge].welcomed()) {
        absent.add(name(edge));
      }
    }
    return absent;
  }

  /**
   * Waits for all sites.
   *
   * @param cancelled asked now and then; true ends the wait
   * @return whether they have come; see {@link #absent}
   */
  public boolean awaitAll(Duration patience, BooleanSupplier cancelled) {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (this) {
      try {
        while (!absent().isEmpty()) {
          long left = end - System.nanoTime();
          if (left <= 0 || cancelled.getAsBoolean()) {
            return false;
          }
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, GLANCE_MILLIS * 1_000_000));
          letGoOfRefused();
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WireException("interrupted while waiting for sites", e);
      }
    }
  }

  private void letGoOfRefused() {
    for (int edge = 0; edge < sessions.length; edge++) {
      String reason = refusal(edge);
      if (reason != null) {
        sessions[edge].end(Status.UNAVAILABLE.withDescription(reason));
        sessions[edge] = null;
      }
    }
  }

  /** Begins an epoch: all sites are told, and what they say from now on is received. */
  public void begin(byte[] message) {
    synchronized (this) {
      if (!absent().isEmpty()) {
        throw new LostSiteException(absent().get(0), "it has gone before the run went on");
      }
      running = true;
      departed.clear();
      awaited.clear();
      refusals.clear();
    }
    for (int edge = 0; edge < sessions.length; edge++) {
      send(edge, message);
    }
  }

  /** Lets all links go, and with them what is on the way: sites dial in again. */
  public void pause(String why) {
    synchronized (this) {
      running = false;
      for (int edge = 0; edge < sessions.length; edge++) {
        if (sessions[edge] != null) {
          sessions[edge].end(Status.UNAVAILABLE.withDescription(why));
          sessions[edge] = null;
        }
      }
      events.clear();
    }
  }

  /**
   * Waits until every site has taken its leave: it has kept its result.
   *
   * @throws LostSiteException when one goes without
   */
  public void awaitLeave() {
    while (!haveLeft()) {
      receive(); // letters after the last order mean nothing any more
    }
  }

  /** Whether every site has taken its leave. */
  public synchronized boolean haveLeft() {
    return departed.cardinality() == sessions.length;
  }

  /** Number of a site that has shown a certificate; it holds the place from now on. */
  synchronized int enter(SiteSession session, X509Certificate certificate) {
    String name;
    try {
      name = Names.of(certificate);
    } catch (PkiException e) {
      throw new WireException(e.getMessage(), e);
    }
    int edge = seats.stream().map(Seat::name).toList().indexOf(name);
    if (edge < 0) {
      List<String> expected = seats.stream().map(Seat::name).toList();
      throw new WireException(
          name + " has no place here, which is for " + Glance.at(expected, MOST_NAMED));
    }
    if (!allowed.get().admits(certificate)) {
      throw new WireException(name + " is not on the list of those let in, or not with this key");
    }
    if (sessions[edge] != null) {
      throw new PlaceTakenException(name + " is connected already: one process to a site");
    }
    sessions[edge] = session;
    return edge;
  }

  byte[] answer(int edge, byte[] hello) {
    return doorkeeper.answer(edge, hello);
  }

  synchronized void welcomed(int edge) {
    context.with(() -> LOG.info("{} is there", name(edge)));
    notifyAll();
  }

  /** How often the operator has spoken and then waited for an answer. */
  public synchronized int roundTrips() {
    return roundTrips;
  }

  /** How many reasons there were to refuse somebody since all were there. */
  public synchronized int refusals() {
    return refusals.size();
  }

  /**
   * Tells once who was refused and why: whoever is dials again, and again.
   *
   * @param edge its number; −1 where it had no place, and the reason names it
   */
  synchronized void refused(int edge, String why) {
    String reason = edge < 0 ? why : name(edge) + ": " + why;
    if (refusals.size() < MOST_REFUSALS && refusals.add(reason)) {
      context.with(() -> LOG.warn("refused: {}", reason));
    }
  }

  /**
   * Refuses a flood.
   *
   * @param letters that a site has sent since it was told anything
   */
  void requireAsked(int edge, int letters) {
    int most = seats.get(edge).mostLetters();
    if (letters > most) {
      throw new WireException("sends more than it is asked for: over " + most + " letters at once");
    }
  }

  /** A message of a site that holds its place; others' are dropped. */
  synchronized void arrived(SiteSession session, int edge, byte[] message) {
    if (sessions[edge] != session) {
      return;
    }
    if (!running) {
      throw new WireException("speaks before the run goes on");
    }
    events.add(new Event(session, edge, message, null));
  }

  /** A site has gone, or has to. */
  synchronized void gone(SiteSession session, int edge, String reason) {
    if (sessions[edge] != session) {
      return;
    }
    if (running && !departed.get(edge)) {
      events.add(new Event(session, edge, null, reason));
    } else {
      sessions[edge] = null;
      notifyAll();
    }
  }

  /** A site has taken its leave in good order. */
  synchronized void left(SiteSession session, int edge) {
    if (sessions[edge] == session && running) {
      departed.set(edge);
      events.add(new Event(session, edge, new byte[0], null));
    } else {
      gone(session, edge, "it has hung up");
    }
  }

  @Override
  public int edges() {
    return seats.size();
  }

  @Override
  public void send(int edge, byte[] bytes) {
    SiteSession session;
    synchronized (this) {
      session = sessions[edge];
      if (!talking) {
        talking = true;
        roundTrips++;
        pace.next();
      }
      awaited.set(edge);
    }
    if (session != null) {
      session.send(bytes, deadline);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws LostSiteException when a site is lost, or says nothing within the deadline
   */
  @Override
  public List<Arrival> receive() {
    return receive(deadline);
  }

  /**
   * The same with another deadline.
   *
   * @param patience how long all may be silent
   */
  public List<Arrival> receive(Duration patience) {
    long begin = System.nanoTime();
    try {
      while (true) {
        Event first = events.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null || System.nanoTime() - lookedRound > GLANCE_MILLIS * 1_000_000) {
          lookRound(first == null && System.nanoTime() - begin > patience.toNanos());
          lookedRound = System.nanoTime(); // not with every letter: it takes as many looks as sites
        }
        if (first != null) {
          List<Event> taken = new ArrayList<>(List.of(first));
          events.drainTo(taken);
          List<Arrival> arrivals = new ArrayList<>();
          taken.forEach(event -> take(event, arrivals));
          synchronized (this) {
            talking = false;
          }
          return arrivals;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while waiting for sites", e);
    }
  }

  private void take(Event event, List<Arrival> arrivals) {
    if (event.lost() != null) {
      throw new LostSiteException(name(event.edge()), event.lost());
    }
    synchronized (this) {
      awaited.clear(event.edge());
    }
    if (event.bytes().length > 0) {
      event.session().taken(event.bytes());
      arrivals.add(new Arrival(event.edge(), event.bytes()));
    }
  }

  /** What does not come as an event: somebody slow, silent, or not to be talked to any more. */
  private synchronized void lookRound(boolean pastDeadline) {
    for (int edge = 0; edge < sessions.length; edge++) {
      String reason = departed.get(edge) ? null : refusal(edge);
      if (reason != null) {
        throw new LostSiteException(name(edge), reason);
      }
    }
    if (pastDeadline && events.isEmpty()) {
      throw new LostSiteException(
          awaitedSites(), "nothing comes any more for " + deadline.toSeconds() + " s");
    }
    tellSlow();
  }

  /** Names once a phase who keeps the others waiting. */
  synchronized void tellSlow() {
    if (!awaited.isEmpty() && pace.turnsSlow()) {
      slow.accept(awaitedSites());
    }
  }

  private String name(int edge) {
    return seats.get(edge).name();
  }

  private String awaitedSites() {
    return Glance.at(awaited.stream().mapToObj(this::name).toList(), MOST_NAMED);
  }

  /** Why a site that is there must not be talked to any more; null where it may. */
  private String refusal(int edge) {
    SiteSession session = sessions[edge];
    if (session == null) {
      return null;
    }
    X509Certificate certificate = session.certificate();
    // an open stream outlives its certificate unless somebody looks
    if (PeerIdentity.ranOut(certificate)) {
      return "its certificate ran out at " + PeerIdentity.end(certificate);
    }
    return allowed.get().admits(certificate) ? null : "it was taken off the list of those let in";
  }

  /**
   * Tells all sites, which have taken their leave, that nothing is wanted of them any more.
   *
   * @param complete whether the run is; else it may go on, and sites do not forget their states
   */
  public synchronized void dismiss(boolean complete) {
    running = false;
    for (int edge = 0; edge < sessions.length; edge++) {
      if (sessions[edge] != null && complete) {
        sessions[edge].complete();
      } else if (sessions[edge] != null) {
        sessions[edge].end(SiteSession.BROKEN_OFF);
      }
      sessions[edge] = null;
    }
  }

  /** Lets all links go and stops listening. */
  @Override
  public void close() {
    pause("the operator has ended");
    Shutdown.of(server);
  }
}
