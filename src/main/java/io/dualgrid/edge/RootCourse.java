package io.dualgrid.edge;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RootOrder;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.RootVerdict;
import io.dualgrid.steering.NewtonCourse;
import io.dualgrid.steering.Outcome;
import io.dualgrid.steering.Talk;
import io.dualgrid.steering.Verdicts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The root where it solves for prices: the course of newton, which asks and waits, against messages
 * that come one at a time. The course has a thread of its own, which runs while the edge waits for
 * its next message, and waits while the edge does anything else; so there is one thread at a time.
 */
final class RootCourse implements AutoCloseable {
  private final NewtonCourse course;
  private final double moneyUnit;
  private final Function<Payload, double[]> reader;
  private final Semaphore ofCourse = new Semaphore(0);
  private final Semaphore ofEdge = new Semaphore(0);
  private Thread thread;
  private RootTurn turn;
  private Message answer;
  private Throwable failure;
  private boolean closed;
  private Broadcast issued; // given to the operator, and not heard from it yet
  private Outcome outcome;
  private InfeasibleException proof;

  /**
   * Before the first turn.
   *
   * @param reader opens the total of a round
   */
  RootCourse(NewtonConfig.Steering steering, boolean hides, Function<Payload, double[]> reader) {
    this.reader = reader;
    moneyUnit = steering.feeder().moneyUnit();
    course =
        new NewtonCourse(
            steering.feeder(), new Relay(), steering.settings(), steering.start(), hides);
  }

  /**
   * Goes on with what the operator has brought.
   *
   * @return an order for all, or a verdict
   */
  Message go(RootTurn next) {
    if (issued != null) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "the root has not heard its order " + issued.type());
    }
    if (thread == null) {
      thread = new Thread(this::run, "course of newton");
      thread.setDaemon(true);
      thread.start();
    }
    turn = next;
    ofCourse.release();
    ofEdge.acquireUninterruptibly();
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("the course of newton has ended", failure);
    }
    if (answer instanceof RootOrder order) {
      issued = order.order();
    }
    return answer;
  }

  /**
   * Takes the order that it gave, as all are told it.
   *
   * @return what it gave
   * @throws ProtocolException where it gave none
   */
  Broadcast heard() {
    if (issued == null) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "an order of newton that the root has not given");
    }
    Broadcast given = issued;
    issued = null;
    return given;
  }

  /** What it knew after the last iteration, in currency. */
  Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** Why no dispatch meets the limits, where that is so. */
  Optional<InfeasibleException> proof() {
    return Optional.ofNullable(proof);
  }

  /** Where newton may begin on another day. */
  Optional<NewtonStart> keptStart() {
    return course.keptStart();
  }

  private void run() {
    try {
      await();
      course.start();
      hand(new RootVerdict(false, "", false, false, List.of()));
      while (proof == null) {
        await();
        hand(iterated());
      }
    } catch (ClosedException e) {
      // the run is over
    } catch (RuntimeException | Error e) {
      failure = e;
      ofEdge.release();
    }
  }

  private RootVerdict iterated() {
    try {
      Outcome known = course.iterate();
      outcome = known.in(moneyUnit);
      return Verdicts.of(known);
    } catch (InfeasibleException e) {
      proof = e;
      return Verdicts.infeasible(e.shortfalls());
    }
  }

  private void hand(Message message) {
    answer = message;
    ofEdge.release();
  }

  private RootTurn await() {
    ofCourse.acquireUninterruptibly();
    if (closed) {
      throw new ClosedException();
    }
    return turn;
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    ofCourse.release();
  }

  private static final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Through the operator, which carries out every order and brings what only the root can read. */
  private final class Relay implements Talk {
    private double[] carriedOut(Broadcast order) {
      hand(new RootOrder(order));
      Payload total =
          await()
              .total()
              .orElseThrow(
                  () ->
                      new ProtocolException(
                          AbortCode.UNEXPECTED, "no total of " + order.type() + " has come"));
      return reader.apply(total);
    }

    @Override
    public void tell(Broadcast order) {
      hand(new RootOrder(order));
      await();
    }

    @Override
    public double[] sum(Broadcast order) {
      return carriedOut(order);
    }

    @Override
    public void copies(Broadcast order) {
      tell(order);
    }

    @Override
    public void exchange(Broadcast order) {
      tell(order);
    }

    @Override
    public double[] sweep(Broadcast order) {
      return carriedOut(order);
    }
  }
}
