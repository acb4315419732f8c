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
import java.util.function.Supplier;

/**
 * An energy system's side of the link to a cloud. It goes by a random name, the same for the whole
 * run, and never waits longer than its deadline: no cloud stops a run. After two questions in a row
 * without an answer in time it leaves one out, then two, four and so on, lest a cloud that is gone
 * has every iteration wait. What a cloud says is not believed here, only read. One thread at a
 * time.
 */
public final class CloudClient {
  /** The cloud drops a mask that it has not been asked about for so long. */
  private static final int LEASE_SECONDS = 600;

  /** Most questions that are not asked between two that show whether a cloud is back. */
  private static final int LONGEST_REST = 64;

  private final CloudLink link;
  private final long deadlineMillis;
  private final RunId name;
  private final int number;
  private long sequence;
  private long maskAtCloud;
  private boolean anyAtCloud;
  private int unanswered; // within the deadline, in a row
  private int rest; // questions that are not asked

  /**
   * Draws its name.
   *
   * @param deadlineMillis how long an answer may take
   */
  public CloudClient(CloudLink link, SecureRandom random, long deadlineMillis) {
    this.link = link;
    this.deadlineMillis = deadlineMillis;
    name = RunId.draw(random);
    number = random.nextInt();
  }

  /** Hands over the program of a new mask, and gives up the one before. */
  void replace(MaskedProblem problem) {
    if (anyAtCloud) {
      ask(new ReleaseMask(maskAtCloud));
    }
    store(problem);
  }

  private void store(MaskedProblem problem) {
    maskAtCloud = problem.mask();
    anyAtCloud = true;
    ask(
        new MaskedProgram(
            problem.mask(),
            LEASE_SECONDS,
            problem.dimension(),
            problem.quadratic(),
            problem.rows(),
            problem.lower(),
            problem.upper(),
            problem.start(),
            problem.startMultipliers()));
  }

  /**
   * Has a term solved. Where the cloud has lost the program, it gets it again, once.
   *
   * @param problem of the term's mask
   * @return what the cloud says; empty when it says nothing that can be read in time
   */
  Optional<MaskedAnswer> solve(MaskedLinearTerm term, Supplier<MaskedProblem> problem) {
    MaskedTerm message = new MaskedTerm(term.mask(), term.sequence(), term.linear());
    Optional<Message> answer = ask(message);
    if (answer.isPresent() && answer.get() instanceof MaskStored stored && !stored.present()) {
      store(problem.get());
      answer = ask(message);
    }
    return answer
        .filter(MaskedSolution.class::isInstance)
        .map(MaskedSolution.class::cast)
        .map(
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
      rest--;
      return Optional.empty();
    }
    // kept nowhere: it is as large as a program, and a question is put anew, not sent again
    CompletableFuture<byte[]> answer = link.ask(letter(message));
    try {
      byte[] bytes = answer.get(deadlineMillis, TimeUnit.MILLISECONDS);
      unanswered = 0;
      return Optional.of(Letter.fromBytes(bytes).message());
    } catch (TimeoutException e) {
      answer.cancel(true);
      unanswered++;
      if (unanswered > 1) {
        rest = Math.min(LONGEST_REST, 1 << Math.min(unanswered - 2, Integer.SIZE - 2));
      }
      return Optional.empty();
    } catch (ExecutionException | ProtocolException e) { // at once, so that nobody waits
      answer.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private byte[] letter(Message message) {
    sequence++;
    Envelope envelope = new Envelope(message.type(), name, 1, 0, 0, number, sequence);
    return new Letter(envelope, message).toBytes();
  }
}
