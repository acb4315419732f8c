package io.dualgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Letters that are written around what lies in their array already. */
class LetterRoomTest {
  private static final RunId RUN = new RunId(1, 2);
  private static final byte[] SEEDS = {1, 2, 3};
  private static final byte[] TAG = {4, 5, 6, 7};

  private static Payload.Hidden filled(Payload.Hidden room, int value) {
    Arrays.fill(room.array(), room.from(), room.from() + room.length(), (byte) value);
    return room;
  }

  /** The same content in an array of its own. */
  private static Payload elsewhere(Payload.Hidden content) {
    return new Payload.Hidden(content.bytes(), content.seeds());
  }

  private static Boundary boundary(UnaryOperator<Payload> of) {
    Boundary.Rooms rooms = Boundary.rooms(1000, SEEDS, TAG.length);
    Payload own = of.apply(filled(rooms.own(), 8));
    return new Boundary(5, true, own, of.apply(filled(rooms.neighbour(), 9)), TAG);
  }

  private static Letter letter(Message message) {
    return new Letter(new Envelope(message.type(), RUN, 1, 2, 3, 4, 5), message);
  }

  @Test
  void aBoundaryIsWrittenWhereItLies() {
    Boundary message = boundary(room -> room);
    byte[] written = letter(message).toBytes();
    assertThat(written).isSameAs(((Payload.Hidden) message.underOwnKey()).array());
    byte[] copied = letter(boundary(room -> elsewhere((Payload.Hidden) room))).toBytes();
    assertThat(written).isEqualTo(copied);
    assertThat(letter(message).toBytes()).as("once more").isEqualTo(copied);
  }

  @Test
  void aConsensusIsWrittenWhereItLies() {
    Payload.Hidden room = filled(Consensus.room(1000, TAG.length), 8);
    byte[] written = letter(new Consensus(5, true, 6, 7, room, TAG)).toBytes();
    assertThat(written).isSameAs(room.array());
    assertThat(written)
        .isEqualTo(letter(new Consensus(5, true, 6, 7, elsewhere(room), TAG)).toBytes());
  }

  /** What is read of a letter never makes another be written into its array. */
  @Test
  void anArrivedLetterIsCopied() {
    byte[] arrived = letter(boundary(room -> room)).toBytes();
    byte[] before = arrived.clone();
    Message read = Letter.fromBytes(arrived).message();
    byte[] passedOn = new Letter(new Envelope(read.type(), RUN, 9, 9, 9, 9, 9), read).toBytes();
    assertThat(passedOn).isNotSameAs(arrived).hasSameSizeAs(arrived);
    assertThat(arrived).isEqualTo(before);
  }

  /** In another letter, behind a tag of another length, or beside what lies elsewhere. */
  @Test
  void whatFitsNowhereElseIsCopied() {
    Boundary in = boundary(room -> room);
    byte[] array = ((Payload.Hidden) in.underOwnKey()).array();
    byte[] before = array.clone();
    Payload other = elsewhere((Payload.Hidden) in.underNeighbourKey());
    List<Message> messages =
        List.of(
            new RelayLetter(3, 17, in),
            new Boundary(5, true, in.underOwnKey(), in.underNeighbourKey(), new byte[9]),
            new Boundary(5, true, in.underNeighbourKey(), in.underOwnKey(), TAG));
    for (Message message : messages) {
      byte[] written = letter(message).toBytes();
      assertThat(written).isNotSameAs(array);
      assertThat(letter(Letter.fromBytes(written).message()).toBytes()).isEqualTo(written);
      assertThat(array).isEqualTo(before);
    }
    Boundary half = new Boundary(5, true, in.underOwnKey(), other, TAG);
    assertThat(letter(half).toBytes()).isEqualTo(letter(in).toBytes());
  }

  @Test
  void lettersThatAreWrittenBeforeAreSentUnderTheirNumbers() {
    List<byte[]> sent = new ArrayList<>();
    Outbox outbox = Outbox.once(RUN, 1, 4, sent::add);
    outbox.send(1, 1, new Adopt());
    byte[] third = outbox.written(1, 2, new Finish(), 1);
    byte[] second = outbox.written(1, 2, new AskAgreement(), 0);
    outbox.send(second);
    outbox.send(third);
    outbox.send(1, 3, new Sweep());
    Inbox inbox = new Inbox("operator", RUN, 1, 4);
    assertThat(sent.stream().flatMap(bytes -> inbox.accept(bytes).stream()).map(Letter::message))
        .containsExactly(new Adopt(), new AskAgreement(), new Finish(), new Sweep());
    byte[] lost = outbox.written(1, 4, new Finish(), 0);
    outbox.send(1, 4, new Adopt()); // another takes its number
    inbox.accept(sent.get(sent.size() - 1));
    assertThatThrownBy(() -> inbox.accept(lost)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aLinkThatRepeatsTakesNoBytes() {
    Outbox outbox = Outbox.repeating(RUN, 1, 4, bytes -> {});
    byte[] written = outbox.written(1, 1, new Adopt(), 0);
    assertThatThrownBy(() -> outbox.send(written)).isInstanceOf(IllegalStateException.class);
  }
}
