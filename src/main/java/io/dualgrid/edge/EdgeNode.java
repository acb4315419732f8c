package io.dualgrid.edge;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.auth.Round;
import io.dualgrid.auth.Transcript;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.CoupledNewton;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskCapacities;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Finish;
import io.dualgrid.protocol.Inbox;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.Roster;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.Start;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SecureSumParty;
import io.dualgrid.securesum.SecureSumTotal;
import io.dualgrid.securesum.TotalPad;
import io.dualgrid.securesum.WideNumbers;
import io.dualgrid.site.CostCeiling;
import io.dualgrid.site.InstalledCapacity;
import io.dualgrid.steering.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The controller of one energy system as a party: bytes in, bytes out. It takes the operator's
 * orders one phase after the other, does its part and answers; what the protocol does not allow it
 * refuses, and gives up with a code that tells nothing of its data. One thread at a time.
 *
 * <p>Course: {@link Welcome} and keys, then {@link Start}, then orders of the algorithm, which
 * {@link OrderHandler}s carry out, then {@link Finish}. Phases only ever go forward.
 */
public final class EdgeNode implements AutoCloseable {
  private final EdgeConfig config;
  private final RunId run;
  private final int epoch;
  private final Transcript transcript;
  private final Inbox inbox;
  private final Outbox outbox;
  private final StepClock clock = new StepClock();
  private final Residuals residuals;
  private final Answers answers = new Sender();
  private Welcome welcome;
  private EdgeKeys keys;
  private EdgeSystem system;
  private SecureSumParty sums;
  private FixedPoint sumScale;
  private RootCourse course; // of the root, where it solves for prices
  private TotalPad pad; // by which it alone reads totals
  private List<OrderHandler> handlers = List.of();
  private OrderHandler current;
  private int iteration;
  private int phase;
  private Moment moment;
  private volatile boolean finished;
  private AbortCode aborted;
  private RuntimeException failure;
  private StateShelf shelf = StateShelf.NONE;

  /**
   * Waits for the operator's welcome.
   *
   * @param run agreed on before
   * @param epoch of the keys
   * @param party its number on the link
   * @param outbox to the operator
   */
  public EdgeNode(EdgeConfig config, RunId run, int epoch, int party, Outbox outbox) {
    this.config = config;
    this.run = run;
    this.epoch = epoch;
    transcript = new Transcript(run.toBytes(), epoch);
    inbox = new Inbox("operator", run, epoch, party);
    this.outbox = outbox;
    residuals = new Residuals(config.stopping());
  }

  /** Has its states kept there, and takes up one from there; before any message. */
  public void use(StateShelf place) {
    shelf = place;
  }

  /** Takes in bytes that came from the operator; never throws for what is in them. */
  public void receive(byte[] bytes) {
    if (finished || failure != null) {
      return;
    }
    try {
      for (Letter letter : inbox.accept(bytes)) {
        handle(letter);
      }
      if (inbox.lastCameAgain()) {
        outbox.repeat(iteration, phase);
      }
    } catch (RuntimeException e) {
      failure = e;
      outbox.send(iteration, phase, new Abort(codeOf(e)));
    }
  }

  private static AbortCode codeOf(RuntimeException e) {
    if (e instanceof ProtocolException refused) {
      return refused.code();
    }
    return e instanceof CkksException
            || e instanceof SecureSumException
            || e instanceof AuthenticationException
        ? AbortCode.NOT_AUTHENTIC
        : AbortCode.LOCAL_FAILURE;
  }

  private void handle(Letter letter) {
    Message message = letter.message();
    if (message instanceof Broadcast order) {
      enter(letter);
      requireGiven(letter);
      obey(order);
    } else if (message instanceof Consensus consensus) {
      requirePresent(letter.envelope());
      hear(consensus);
    } else if (message instanceof TreeSum sum) {
      requirePresent(letter.envelope());
      hear(sum);
    } else if (message instanceof Welcome first && welcome == null) {
      enrol(first);
    } else if (message instanceof Roster roster && welcome != null && keys == null) {
      transcript.absorb(letter.common());
      makeKeys(roster);
    } else if (message instanceof SiteKeys key && keys != null && system == null) {
      keys.accept(key);
    } else if (message instanceof LineKey key && keys != null && system == null) {
      keys.accept(key);
    } else if (message instanceof RootTurn turn && config.newton().steering().isPresent()) {
      outbox.send(iteration, phase, course().go(turn));
    } else if (message instanceof Abort abort) {
      aborted = abort.code();
      finished = true;
    } else {
      throw unexpected(letter.envelope());
    }
  }

  private static ProtocolException unexpected(Envelope envelope) {
    return new ProtocolException(AbortCode.UNEXPECTED, "not now: " + envelope);
  }

  /** Phases count up without a gap, and iterations never down. */
  private void enter(Letter letter) {
    Envelope envelope = letter.envelope();
    boolean next = envelope.iteration() == iteration && envelope.phase() == phase + 1;
    boolean first = envelope.iteration() > iteration && envelope.phase() == 1;
    if (welcome == null || !next && !first) {
      throw unexpected(envelope);
    }
    if (first) {
      between(iteration, envelope.iteration());
    }
    iteration = envelope.iteration();
    phase = envelope.phase();
    transcript.absorb(letter.common());
    moment = new Moment(new Round(iteration, phase), transcript.hash());
  }

  /**
   * Where this is the root and solves for prices, orders are its own: the operator may give no
   * other, nor change one.
   */
  private void requireGiven(Letter told) {
    if (config.newton().steering().isEmpty() || told.message() instanceof Finish) {
      return;
    }
    Broadcast given = course().heard();
    boolean same =
        given.type() == told.message().type()
            && Arrays.equals(new Letter(told.envelope(), given).common(), told.common());
    if (!same) {
      throw new ProtocolException(
          AbortCode.EQUIVOCATION, "the operator has changed the root's order " + given.type());
    }
  }

  /** The course of newton, of the root where it solves for prices. */
  private RootCourse course() {
    if (course == null) {
      if (welcome == null || !welcome.root() || config.ckks() != null && keys == null) {
        throw new ProtocolException(
            AbortCode.UNEXPECTED, "an order before there are keys, or not at the root");
      }
      pad = keys == null ? null : new TotalPad(welcome.parties());
      course =
          new RootCourse(config.newton().steering().orElseThrow(), keys != null, this::totalOf);
    }
    return course;
  }

  /** Reads the total of the present round. */
  private double[] totalOf(Payload total) {
    if (pad == null && total instanceof Payload.Plain plain) {
      return plain.values();
    }
    if (pad != null && total instanceof Payload.Hidden hidden) {
      return pad.open(
          Envelope.round(iteration, phase),
          SecureSumTotal.fromBytes(hidden.bytes()),
          FixedPoint.forReports(welcome.parties()));
    }
    throw new ProtocolException(
        AbortCode.NOT_AUTHENTIC, "a total that is not protected as was agreed");
  }

  private void between(int ended, int next) {
    if (ended > 0) {
      shelf.offer(ended, this::state);
    } else {
      shelf.begin(next, this::state);
    }
  }

  private void requirePresent(Envelope envelope) {
    if (envelope.iteration() != iteration || envelope.phase() != phase) {
      throw unexpected(envelope);
    }
  }

  private void enrol(Welcome first) {
    if (first.index() >= first.parties()
        || first.lines().size() != config.program().ports().size()) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "a welcome for somebody else");
    }
    welcome = first;
  }

  private void makeKeys(Roster roster) {
    if (config.ckks() == null) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "a roster where nothing is encrypted");
    }
    int node = config.site().id();
    Membership members =
        new Membership(
            roster, welcome, config.program().ports(), config.credentials(), run, epoch, node);
    keys =
        new EdgeKeys(
            config.ckks(),
            config.parameters(),
            config.credentials(),
            welcome,
            members,
            run,
            epoch,
            node,
            ownCapacity() > 0);
    outbox.send(0, 0, keys.siteKeys());
    keys.lineKeys().forEach(key -> outbox.send(0, 0, key));
  }

  private void obey(Broadcast order) {
    if (system == null) {
      assemble();
    }
    if (keys != null) {
      keys.requireCompany(sumsOverHalves(order));
    }
    if (order instanceof AskCapacities ask) {
      answers.report(capacities(ask));
    } else if (order instanceof Start start && handlers.isEmpty()) {
      begin(start);
    } else if (order instanceof Finish) {
      finished = true;
    } else {
      current =
          handlers.stream()
              .filter(handler -> handler.orders().contains(order.type()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ProtocolException(
                          AbortCode.UNEXPECTED, order.type() + " is no order of this algorithm"));
      current.obey(order, answers);
    }
  }

  private static boolean sumsOverHalves(Broadcast order) {
    return order instanceof AskCapacities ask && ask.halves()
        || order instanceof Start start && start.hub();
  }

  private void hear(Consensus consensus) {
    OrderHandler asked = asked("a consensus");
    LineEnd end = system.end(consensus.line(), consensus.toDownstream());
    clock.start();
    asked.hear(end, consensus);
    clock.lap(Step.DECRYPT);
  }

  private void hear(TreeSum sum) {
    OrderHandler asked = asked("a sum");
    LineEnd end = system.end(sum.line(), sum.toDownstream());
    clock.start();
    asked.hear(end, sum);
    clock.lap(Step.SECURE_SUM);
  }

  /** Who has carried out the last order. */
  private OrderHandler asked(String came) {
    if (current == null) {
      throw new ProtocolException(AbortCode.UNEXPECTED, came + " before the first order");
    }
    return current;
  }

  /** Puts together what the first order finds complete. */
  private void assemble() {
    if (config.ckks() != null && keys == null) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "an order before there are keys");
    }
    List<LineEnd> ends = new ArrayList<>();
    for (Port port : config.program().ports()) {
      LineSetup line = setupOf(port);
      ends.add(keys == null ? LineEnd.plain(line, port) : keys.end(line, port, () -> moment));
    }
    if (keys != null) {
      sums = keys.sumParty();
      sumScale = FixedPoint.forReports(welcome.parties());
    }
    system =
        new EdgeSystem(config.program(), config.problem(), config.boundingSolvers(), ends, clock);
  }

  private LineSetup setupOf(Port port) {
    return welcome.lines().stream()
        .filter(line -> line.from() == port.line().from() && line.to() == port.line().to())
        .findFirst()
        .orElseThrow(
            () ->
                new ProtocolException(
                    AbortCode.UNEXPECTED,
                    "the welcome lacks line " + port.line().from() + "-" + port.line().to()));
  }

  private double ownCapacity() {
    return welcome.root()
        ? 0.0 // it can serve everything, and counts as much as all others together
        : InstalledCapacity.of(config.site(), config.program().horizon());
  }

  private double[] capacities(AskCapacities ask) {
    boolean first = welcome.evenDepth() || !ask.halves();
    double ceiling =
        CostCeiling.of(
            config.site(), config.program().horizon(), config.limits(), ask.priceOfStep());
    return new double[] {first ? ownCapacity() : 0.0, first ? 0.0 : ownCapacity(), ceiling};
  }

  private void begin(Start start) {
    if (start.priceOfStep().length != config.program().horizon().steps()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "prices of " + start.priceOfStep().length + " steps");
    }
    if (config.algorithm() == Algorithm.PUBLISHED) {
      handlers =
          List.of(new PublishedEdge(system, residuals, start.priceOfStep()), shortfall(start));
      return;
    }
    if (config.algorithm() == Algorithm.NEWTON) {
      double costScale = CoupledNewton.costScale(start.priceOfStep());
      handlers =
          List.of(
              new SwitchingEdge(system, costScale, program -> newton(start, program, costScale)));
      answers.boundaries();
      return;
    }
    AcceleratedEdge accelerated =
        new AcceleratedEdge(system, residuals, welcome, start, ownCapacity(), config.stopping());
    handlers =
        List.of(
            accelerated,
            new SweepingEdge(
                system,
                residuals,
                config.limits(),
                welcome.parties(),
                config.newton().feeder().unloadedVoltage(welcome.index()),
                accelerated.size(),
                accelerated::voltageMultipliers),
            shortfall(start));
    if (!welcome.evenDepth()) {
      answers.boundaries();
    }
  }

  private ShortfallEdge shortfall(Start start) {
    double costScale = CoupledNewton.costScale(start.priceOfStep());
    return new ShortfallEdge(() -> newton(start, config.program(), costScale));
  }

  private NewtonEdge newton(Start start, DesProgram program, double costScale) {
    if (welcome.index() != config.newton().place()) {
      throw new ProtocolException(
          AbortCode.NOT_AUTHENTIC,
          "node " + nodeId() + " is not number " + welcome.index() + " of the feeder");
    }
    return new NewtonEdge(
        system, residuals, config, program, ownCapacity(), start.totalCapacity(), costScale);
  }

  /** Seals and sends in the present phase. */
  private final class Sender implements Answers {
    @Override
    public void boundaries() {
      for (LineEnd end : system.ends()) {
        clock.start();
        Message sealed = end.seal(end.x, outbox.nextSequence());
        clock.lap(Step.ENCRYPT);
        outbox.send(iteration, phase, sealed);
      }
    }

    @Override
    public void treePart(LineEnd end, WideNumbers numbers) {
      outbox.send(
          iteration, phase, new TreePart(end.line, end.port.downstream(), numbers.toBytes()));
    }

    @Override
    public void held() {
      if (sums != null) {
        List<byte[]> subtracted = witnesses(true);
        List<byte[]> added = witnesses(false);
        sums.witness(subtracted, added);
        subtracted.forEach(key -> Arrays.fill(key, (byte) 0));
        added.forEach(key -> Arrays.fill(key, (byte) 0));
      }
    }

    private List<byte[]> witnesses(boolean downstream) {
      return system.ends().stream()
          .filter(end -> end.port.downstream() == downstream)
          .map(end -> end.masks.witness())
          .toList();
    }

    @Override
    public void report(double[] values) {
      clock.start();
      Payload payload =
          sums == null
              ? new Payload.Plain(values.clone())
              : new Payload.Hidden(masked(values).toBytes());
      clock.lap(Step.SECURE_SUM);
      outbox.send(iteration, phase, new Report(payload));
    }
  }

  private SecureSumContribution masked(double[] values) {
    SecureSumContribution own =
        sums.mask(Envelope.round(iteration, phase), moment.transcript(), values, sumScale);
    return pad == null ? own : pad.hide(own);
  }

  /** What the root has come to where it solves for prices, in currency; else empty. */
  public Optional<Outcome> steered() {
    return Optional.ofNullable(course).flatMap(RootCourse::outcome);
  }

  /** Its proof that no dispatch meets the limits, where it solves for prices and has one. */
  public Optional<InfeasibleException> proof() {
    return Optional.ofNullable(course).flatMap(RootCourse::proof);
  }

  /** Where newton may begin on another day, where this is the root and solves for prices. */
  public Optional<NewtonStart> keptStart() {
    return Optional.ofNullable(course).flatMap(RootCourse::keptStart);
  }

  /** Keeps or takes up this energy system's own state, between two iterations. */
  public void state(StateArchive archive) {
    handlers.forEach(handler -> handler.state(archive));
  }

  /** What it knows of itself, for its owner. */
  public EdgeView view() {
    List<EdgeView.End> ends = new ArrayList<>();
    for (LineEnd end : system.ends()) {
      double[] mismatch = {end.mismatch(0), end.mismatch(1), end.mismatch(2)};
      ends.add(new EdgeView.End(end.port, end.x, end.z, mismatch, end.voltageMismatch()));
    }
    return new EdgeView(
        config.program(),
        system.solution(),
        system.prices(),
        system.cost(),
        residuals.primal(system),
        residuals.dual(system),
        residuals.endsAbove(system),
        ends);
  }

  /** What it worked around so far, with its count. */
  public Map<String, Integer> incidents() {
    return system == null ? Map.of() : system.incidents();
  }

  /** Whether the operator has ended the run, well or not. */
  public boolean finished() {
    return finished;
  }

  /** Why the operator has given the run up; empty where it has not. */
  public Optional<AbortCode> aborted() {
    return Optional.ofNullable(aborted);
  }

  /** What made it give up, for its owner; the operator is told a code only. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * What it injects in the least broken dispatch, for its owner, where no dispatch meets the
   * limits: P, then Q of each step, per unit.
   */
  public Optional<double[]> leastBroken() {
    return handlers.stream().flatMap(handler -> handler.leastBroken().stream()).findFirst();
  }

  /** Fingerprints of its own keys and of those it was given. */
  public List<KeyFingerprintView> fingerprints() {
    return keys == null ? List.of() : keys.fingerprints();
  }

  /** Its time by step. */
  public StepClock clock() {
    return clock;
  }

  /** Id of its node. */
  public int nodeId() {
    return config.site().id();
  }

  /** Wipes keys, masks and values. */
  @Override
  public void close() {
    handlers.forEach(OrderHandler::close);
    if (course != null) {
      course.close();
    }
    if (pad != null) {
      pad.close();
    }
    if (system != null) {
      system.close();
    }
    if (sums != null) {
      sums.close();
    }
    if (keys != null) {
      keys.close();
    }
  }

  /** The node only. */
  @Override
  public String toString() {
    return "EdgeNode[" + nodeId() + "]";
  }
}
