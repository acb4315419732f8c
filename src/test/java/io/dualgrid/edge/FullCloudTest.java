package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cloud that takes no program is sent it rarely, and used again when it takes one. */
class FullCloudTest {
  private enum Manner {
    /** As a cloud of ours does: the question fails. */
    FAILS,
    SAYS_NO,
    /** Says that it has the program, and then that it has not. */
    LIES
  }

  private final Set<Long> held = new HashSet<>();
  private Manner manner;
  private boolean room;
  private int programs;
  private int questions;
  private long mask;
  private CloudClient client;

  @BeforeEach
  void newClient() {
    client =
        new CloudClient(
            bytes -> {
              Letter question = Letter.fromBytes(bytes);
              questions++;
              Message said = answer(question.message());
              return said == null
                  ? CompletableFuture.failedFuture(
                      new ProtocolException(AbortCode.LOCAL_FAILURE, "no memory left"))
                  : CompletableFuture.completedFuture(letter(question.envelope(), said));
            },
            new SecureRandom(),
            60_000);
  }

  private Message answer(Message question) {
    if (question instanceof MaskedProgram program) {
      programs++;
      if (room) {
        held.add(program.mask());
        return new MaskStored(program.mask(), true);
      }
      return manner == Manner.FAILS ? null : new MaskStored(program.mask(), manner == Manner.LIES);
    }
    if (question instanceof ReleaseMask release) {
      held.remove(release.mask());
      return new MaskStored(release.mask(), false);
    }
    MaskedTerm term = (MaskedTerm) question;
    return held.contains(term.mask())
        ? new MaskedSolution(term.mask(), term.number(), true, new double[1], new double[1], 1)
        : new MaskStored(term.mask(), false);
  }

  private static byte[] letter(Envelope asked, Message said) {
    return new Letter(new Envelope(said.type(), asked.run(), 1, 0, 0, asked.party(), 1), said)
        .toBytes();
  }

  private MaskedProblem problem() {
    double[] one = {1};
    return new MaskedProblem(mask, 1, one, one, one, one, one, one);
  }

  private boolean solve() {
    return client.solve(new MaskedLinearTerm(mask, 1, new double[1]), this::problem).isPresent();
  }

  private int programsIn(int solves) {
    int before = programs;
    for (int k = 0; k < solves; k++) {
      solve();
    }
    return programs - before;
  }

  /** One mask for the whole run. */
  @ParameterizedTest
  @EnumSource
  void isSentAProgramLessAndLess(Manner given) {
    manner = given;
    // at 1, then after rests of 1, 2, 4, 8, 16, 32, 64: 3, 6, 11, 20, 37, 70, 135, and every 65th
    assertThat(programsIn(135)).isEqualTo(8);
    int before = questions;
    assertThat(programsIn(650)).isEqualTo(10);
    assertThat(questions - before).as("nor is it asked").isLessThanOrEqualTo(3 * 10);
  }

  /** New masks are no reason to try more often. */
  @ParameterizedTest
  @EnumSource
  void isSentNoProgramBecauseTheMaskIsNew(Manner given) {
    manner = given;
    int before = programs;
    for (int k = 0; k < 650; k++) {
      mask++;
      client.replace(problem());
      solve();
    }
    assertThat(programs - before).isBetween(10, 40);
  }

  @ParameterizedTest
  @EnumSource
  void isUsedAgainWhenThereIsRoom(Manner given) {
    manner = given;
    programsIn(135);
    mask++;
    client.replace(problem()); // not sent, now
    room = true;
    assertThat(programsIn(64)).isZero();
    assertThat(solve()).isTrue();
    assertThat(programsIn(100)).as("it has it").isZero();
    assertThat(held).containsExactly(mask);
    room = false;
    held.clear();
    assertThat(programsIn(135)).as("after an answer the count begins anew").isEqualTo(8);
  }
}
