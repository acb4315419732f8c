package io.dualgrid.network.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What leaves and what comes, over a stream that does as it is told. */
@OneRound
class FlowTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int CHUNK = Chunks.MOST_BYTES;
  private static final Runnable NOTHING = () -> {};

  private final Stream stream = new Stream();
  private final Outflow out = new Outflow(stream);

  /** Takes as many chunks as it has been given room for. */
  private static final class Stream extends CallStreamObserver<byte[]> {
    private final List<byte[]> taken = new ArrayList<>();
    private Runnable ready = NOTHING;
    private int room;
    private String end = "";

    void takes(int more) {
      room += more;
      ready.run();
    }

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      ready = handler;
    }

    @Override
    public void onNext(byte[] chunk) {
      if (!end.isEmpty()) {
        throw new IllegalStateException(end);
      }
      room--;
      taken.add(chunk);
    }

    @Override
    public void onError(Throwable t) {
      end = Status.fromThrowable(t).getCode().name();
    }

    @Override
    public void onCompleted() {
      end = "completed";
    }

    @Override
    public void disableAutoInboundFlowControl() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void request(int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setMessageCompression(boolean enable) {
      throw new UnsupportedOperationException();
    }
  }

  private static byte[] message(int chunks) {
    byte[] message = new byte[chunks * CHUNK];
    new Random(chunks).nextBytes(message);
    return message;
  }

  private byte[] received() {
    Chunks chunks = new Chunks(Integer.MAX_VALUE);
    return stream.taken.stream()
        .flatMap(chunk -> chunks.accept(chunk).stream())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMessageLeavesAsItIsTaken() {
    byte[] message = message(5);
    assertThat(out.send(message, Duration.ZERO, NOTHING)).isEqualTo(Outflow.Sent.ON_ITS_WAY);
    assertThat(stream.taken).isEmpty();
    stream.takes(2);
    assertThat(stream.taken).hasSize(2);
    out.complete();
    assertThat(stream.end).isEmpty();
    stream.takes(7);
    assertThat(received()).isEqualTo(message);
    assertThat(stream.end).isEqualTo("completed");
  }

  /** However many are sent, no more than the peer takes is given to gRPC. */
  @Test
  void whoTakesNothingStallsWhoSends() {
    stream.takes(1);
    assertThat(out.send(message(3), Duration.ZERO, NOTHING)).isEqualTo(Outflow.Sent.ON_ITS_WAY);
    int[] glances = {0};
    for (int k = 0; k < 3; k++) {
      assertThat(out.send(message(3), Duration.ofMillis(1), () -> glances[0]++))
          .isEqualTo(Outflow.Sent.STALLED);
    }
    assertThat(stream.taken).hasSize(1);
    stream.takes(3);
    assertThat(received()).isEqualTo(message(3));
    assertThat(out.send(message(1), Duration.ZERO, NOTHING)).isEqualTo(Outflow.Sent.ON_ITS_WAY);
  }

  /** On a thread that waits, whichever of the two comes first. */
  @Test
  void whoWaitsGoesOnWhenTheOneBeforeHasLeft() {
    out.send(message(2), Duration.ZERO, NOTHING);
    CompletableFuture<Outflow.Sent> second =
        CompletableFuture.supplyAsync(() -> out.send(message(1), LONG, NOTHING));
    stream.takes(3);
    assertThat(second.join()).isEqualTo(Outflow.Sent.ON_ITS_WAY);
    assertThat(stream.taken).hasSize(3);
  }

  @Test
  void whoWaitsIsToldThatTheStreamHasEnded() {
    out.send(message(1), Duration.ZERO, NOTHING);
    CompletableFuture<Outflow.Sent> second =
        CompletableFuture.supplyAsync(() -> out.send(message(1), LONG, NOTHING));
    out.hasEnded();
    assertThat(second.join()).isEqualTo(Outflow.Sent.NOWHERE);
    stream.takes(9);
    assertThat(stream.taken).isEmpty();
  }

  /** Such as the word that the run is given up. */
  @Test
  void whatWasSentComesBeforeTheEnd() {
    out.send(message(2), Duration.ZERO, NOTHING);
    out.end(Status.UNAVAILABLE);
    assertThat(received()).isEqualTo(message(2));
    assertThat(stream.end).isEqualTo("UNAVAILABLE");
    assertThat(out.send(message(1), LONG, NOTHING)).isEqualTo(Outflow.Sent.NOWHERE);
    out.complete();
    assertThat(stream.end).isEqualTo("UNAVAILABLE");
  }

  @Test
  void aStreamThatEndsUnderAMessageIsNoFailure() {
    stream.end = "by the other side";
    stream.takes(1);
    assertThat(out.send(message(2), LONG, NOTHING)).isEqualTo(Outflow.Sent.NOWHERE);
  }

  /** One chunk is asked for after the other, and none while as much as may waits. */
  @Test
  void noMoreIsAskedForThanIsTaken() {
    int[] asked = {0};
    Inflow in = new Inflow(count -> asked[0] += count, 3 * CHUNK, 2 * CHUNK);
    in.begin();
    List<byte[]> waiting = new ArrayList<>();
    int came = 0;
    while (came < asked[0]) {
      came++;
      in.accept(Chunks.cut(message(1)).next()).ifPresent(waiting::add);
    }
    // what a message costs beside its bytes makes three of them more than the limit
    assertThat(waiting).hasSize(3);
    in.taken(waiting.remove(0));
    assertThat(asked[0]).isEqualTo(came + 1);
    in.taken(waiting.remove(0));
    assertThat(asked[0]).as("one is asked for already").isEqualTo(came + 1);
  }

  /** Nothing that says nothing is free. */
  @Test
  void emptyMessagesAreBoundedToo() {
    int[] asked = {0};
    Inflow in = new Inflow(count -> asked[0] += count, 64_000, 1);
    in.begin();
    int came = 0;
    while (came < asked[0] && came < 10_000) {
      came++;
      in.accept(new byte[] {1});
    }
    assertThat(came).isEqualTo(1_000); // of 64 bytes each
  }

  /** A message that is larger than what may wait comes all the same, when nothing else does. */
  @Test
  void aLargeMessageComesAlone() {
    int[] asked = {0};
    Inflow in = new Inflow(count -> asked[0] += count, 1, 4 * CHUNK);
    in.begin();
    byte[] message = message(4);
    List<byte[]> whole = new ArrayList<>();
    Chunks.cut(message)
        .forEachRemaining(
            chunk -> {
              assertThat(asked[0]).isPositive();
              asked[0]--;
              in.accept(chunk).ifPresent(whole::add);
            });
    assertThat(whole).containsExactly(message);
    assertThat(asked[0]).isZero();
  }

  @Test
  void nothingIsAskedForAfterWhatIsNone() {
    int[] asked = {0};
    Inflow in = new Inflow(count -> asked[0] += count, 1 << 20, 10);
    in.begin();
    assertThatThrownBy(() -> in.accept(new byte[12])).isInstanceOf(WireException.class);
    assertThat(asked[0]).isEqualTo(1);
    in.allow(11);
    assertThat(in.accept(new byte[] {1, 2, 3})).isPresent();
  }
}
