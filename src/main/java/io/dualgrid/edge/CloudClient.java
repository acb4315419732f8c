package io.dualgrid.edge;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.protocol.RunId;
import io.dualgrid.qp.QpStatus;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An energy system's side of the link to a cloud. It goes by a random name, the same for the whole
 * run, and never waits longer than its deadline: no cloud stops a run. After two questions in a row
 * whose answer is late it leaves a cloud out of one solve, then of two, four and so on, lest one
 * that is gone or slow has every iteration wait; and the same from the first program on that a
 * cloud does not take, lest one without room is sent megabytes in every iteration. What a cloud
 * says is not believed here, only read. One thread at a time.
 */
public final class CloudClient {
  /** The cloud drops a mask that it has not been asked about for so long. */
  private static final int LEASE_SECONDS = 600;

  /** Most solves without a question between two that show whether a cloud is back, or has room. */
  private static final int LONGEST_REST = 64;

  /** Part of the deadline after which an answer is late, though it is read. */
  private static final int LATE = 6;

  private final CloudLink link;
  private final long deadlineMillis;
  private final LongSupplier nanoClock;
  private final RunId name;
  private final int number;
  private long sequence;
  private long maskAtCloud;
  private boolean anyAtCloud;
  private int late; // answers, in a row, or none at all
  private int refused; // programs, in a row
  private int rest; // solves without a question

  /**
   * Draws its name.
   *
   * @param deadlineMillis how long an answer may take
   */
  public CloudClient(CloudLink link, SecureRandom random, long deadlineMillis) {
    this(link, random, deadlineMillis, System::nanoTime);
  }

  /** The same with a clock in nanoseconds. */
  CloudClient(CloudLink link, SecureRandom random, long deadlineMillis, LongSupplier nanoClock) {
    this.link = link;
    this.deadlineMillis = deadlineMillis;
    this.nanoClock = nanoClock;
    name = RunId.draw(random);
    number = random.nextInt();
  }

  /** Hands over the program of a new mask, and gives up the one before. */
  void replace(MaskedProblem problem) {
    store(problem);
  }

  /** Whether the cloud has the program now. */
  private boolean store(MaskedProblem problem) {
    if (anyAtCloud && maskAtCloud != problem.mask()) {
      ask(new ReleaseMask(maskAtCloud));
    }
    if (rest > 0) {
      return false;
    }
    maskAtCloud = problem.mask();
    anyAtCloud = true;
    boolean stored =
        ask(new MaskedProgram(
                problem.mask(),
                LEASE_SECONDS,
                problem.dimension(),
                problem.quadratic(),
                problem.rows(),
                problem.lower(),
                problem.upper(),
                problem.start(),
                problem.startMultipliers()))
            .filter(said -> said instanceof MaskStored there && there.present())
            .isPresent();
    if (!stored) {
      countRefused();
    }
    return stored;
  }

  /** 0, 1, 2, 4 and so on. */
  private static int restAfter(int inVain) {
    return inVain < 1 ? 0 : Math.min(LONGEST_REST, 1 << Math.min(inVain - 1, Integer.SIZE - 2));
  }

  /**
   * Has a term solved. Where the cloud has not the program, it gets it again, once.
   *
   * @param problem of the term's mask
   * @return what the cloud says; empty when it says nothing that can be read in time
   */
  Optional<MaskedAnswer> solve(MaskedLinearTerm term, Supplier<MaskedProblem> problem) {
    if (rest > 0) {
      rest--;
      return Optional.empty();
    }
    MaskedTerm message = new MaskedTerm(term.mask(), term.sequence(), term.linear());
    Optional<Message> answer = ask(message);
    if (answer.isPresent() && answer.get() instanceof MaskStored stored && !stored.present()) {
      answer = Optional.empty();
      if (store(problem.get())) {
        answer = ask(message);
        if (answer.isPresent() && answer.get() instanceof MaskStored) {
          countRefused(); // it says that it takes it, and does not
        }
      }
    }
    Optional<MaskedSolution> solution =
        answer.filter(MaskedSolution.class::isInstance).map(MaskedSolution.class::cast);
    if (solution.isPresent()) {
      refused = 0;
    }
    return solution.map(
        said ->
            new MaskedAnswer(
                said.mask(),
                said.number(),
                said.solved() ? QpStatus.SOLVED : QpStatus.ERROR,
                said.y(),
                said.multipliers(),
                said.iterations()));
  }

  private Optional<Message> ask(Message message) {
    if (rest > 0) {
      return Optional.empty();
    }
    // kept nowhere: it is as large as a program, and a question is put anew, not sent again
    long begin = nanoClock.getAsLong();
    CompletableFuture<byte[]> answer = link.ask(letter(message));
    try {
      byte[] bytes = answer.get(deadlineMillis, TimeUnit.MILLISECONDS);
      long taken = nanoClock.getAsLong() - begin;
      count(taken > TimeUnit.MILLISECONDS.toNanos(deadlineMillis) / LATE);
      return Optional.of(Letter.fromBytes(bytes).message());
    } catch (TimeoutException e) {
      answer.cancel(true);
      count(true);
      return Optional.empty();
    } catch (ExecutionException | ProtocolException e) { // at once, so that nobody waits
      answer.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void count(boolean isLate) {
    late = isLate ? late + 1 : 0;
    rest = restAfter(late - 1);
  }

  private void countRefused() {
    refused++;
    rest = Math.max(rest, restAfter(refused));
  }

  private byte[] letter(Message message) {
    sequence++;
    Envelope envelope = new Envelope(message.type(), name, 1, 0, 0, number, sequence);
    return new Letter(envelope, message).toBytes();
  }
}
