package io.dualgrid.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskAgreement;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RelayDone;
import io.dualgrid.protocol.RelayLetter;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SolveAll;
import io.dualgrid.protocol.Transport;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import io.dualgrid.securesum.SecureSumTotal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator and two relays, with four sites in a row that are played by the test. */
class RelayTest {
  private static final RunId RUN = new RunId(3, 4);
  private static final int SITES = 4;
  private static final List<BitSet> SHARES = List.of(bits(0, 1), bits(2, 3));

  private final WorkerPool pool = new WorkerPool(1);
  private final Network network = network();
  private final List<Wire> doors = List.of(new Wire(2), new Wire(2));
  private final Wire up = new Wire(2);
  private final List<Relay> relays = new ArrayList<>();
  private final List<byte[]> handedUp = new ArrayList<>();
  private final long[] sequences = new long[SITES];
  private BiFunction<Integer, Message, List<Message>> sites = (site, order) -> List.of();

  @AfterEach
  void close() {
    relays.forEach(Relay::close);
    pool.close();
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    IntStream.of(set).forEach(bits::set);
    return bits;
  }

  private static Network network() {
    List<Integer> nodes = List.of(10, 11, 12, 13);
    List<Line> lines =
        IntStream.range(0, SITES - 1).mapToObj(i -> new Line(10 + i, 11 + i, 1, 1)).toList();
    return new Network(
        new FeederTree(nodes, lines),
        NetworkLimits.PUBLISHED,
        nodes,
        lines,
        1,
        1,
        new double[] {1});
  }

  private static Operator.Agreement agreement(boolean encrypted) {
    return new Operator.Agreement(
        Algorithm.ACCELERATED,
        Stopping.STRICT,
        1e-4,
        Sensitivities.BLOCKS,
        Optional.empty(),
        encrypted ? () -> null : null,
        null,
        false,
        () -> null,
        RUN,
        1);
  }

  /** What was sent to each end, in order. */
  private final class Wire implements Transport {
    private final List<Deque<byte[]>> sent = new ArrayList<>();
    private final Deque<Arrival> arrived = new ArrayDeque<>();

    Wire(int ends) {
      for (int end = 0; end < ends; end++) {
        sent.add(new ArrayDeque<>());
      }
    }

    @Override
    public int edges() {
      return sent.size();
    }

    @Override
    public void send(int edge, byte[] bytes) {
      sent.get(edge).add(bytes);
    }

    @Override
    public List<Arrival> receive() {
      carry();
      List<Arrival> all = List.copyOf(arrived);
      arrived.clear();
      return all;
    }
  }

  /** Carries everything to whom it is for, and what they answer to the operator. */
  private void carry() {
    for (int relay = 0; relay < SHARES.size(); relay++) {
      for (byte[] bytes; (bytes = up.sent.get(relay).poll()) != null; ) {
        relays.get(relay).fromOperator(bytes);
      }
      for (int link = 0; link < 2; link++) {
        for (byte[] bytes; (bytes = doors.get(relay).sent.get(link).poll()) != null; ) {
          answer(relay, link, Letter.fromBytes(bytes));
        }
      }
    }
  }

  private void answer(int relay, int link, Letter order) {
    int site = 2 * relay + link;
    assertThat(order.envelope().party()).isEqualTo(site);
    for (Message message : sites.apply(site, order.message())) {
      Envelope envelope =
          new Envelope(
              message.type(),
              RUN,
              1,
              order.envelope().iteration(),
              order.envelope().phase(),
              site,
              ++sequences[site]);
      byte[] bytes = new Letter(envelope, message).toBytes();
      relays.get(relay).fromSites(List.of(new Transport.Arrival(link, bytes)));
    }
  }

  private Rounds rounds(boolean encrypted) {
    for (int relay = 0; relay < SHARES.size(); relay++) {
      int place = relay;
      relays.add(
          new Relay(
              network,
              SHARES.get(relay),
              agreement(encrypted),
              relay,
              doors.get(relay),
              bytes -> {
                handedUp.add(bytes);
                up.arrived.add(new Transport.Arrival(place, bytes));
              },
              pool));
    }
    ReportSum reports = encrypted ? ReportSum.masked(SITES) : ReportSum.PLAIN;
    BranchSums sums = new BranchSums(network, agreement(encrypted).copies(), reports, pool);
    Rounds rounds =
        new Rounds(network, new RelayedBranch(network, SHARES, up, sums, RUN, 1), reports);
    rounds.begin(1);
    return rounds;
  }

  private static Payload plain(double... values) {
    return new Payload.Plain(values);
  }

  @Test
  void reportsOfAllAreAddedUp() {
    sites = (site, order) -> List.of(new Report(plain(Math.pow(10, site))));
    assertThat(rounds(false).sum(new AskAgreement())).containsExactly(1111);
  }

  /** Own and neighbour's copy of each line end are worth 1, 2, 4 … so every sum tells its parts. */
  @Test
  void eachEndOfALineGetsTheSumOfBoth() {
    List<Consensus> got = new ArrayList<>();
    sites =
        (site, message) -> {
          if (message instanceof Consensus consensus) {
            got.add(consensus);
            assertThat(site).isEqualTo(consensus.line() + (consensus.toDownstream() ? 1 : 0));
            return List.of();
          }
          List<Message> copies = new ArrayList<>();
          for (int line = Math.max(0, site - 1); line < Math.min(SITES - 1, site + 1); line++) {
            boolean lower = line == site - 1;
            double value = 1 << (2 * line + (lower ? 1 : 0));
            copies.add(new Boundary(line, lower, plain(value), plain(100 * value), new byte[] {1}));
          }
          return copies;
        };
    Rounds rounds = rounds(false);
    BitSet ends = network.ends(edge -> true);
    rounds.exchange(new SolveAll(1, 1), ends, ends);
    carry();

    assertThat(got).hasSize(2 * (SITES - 1));
    for (Consensus consensus : got) {
      double upper = 1 << 2 * consensus.line();
      double lower = 2 * upper;
      double expected = consensus.toDownstream() ? 100 * upper + lower : upper + 100 * lower;
      assertThat(((Payload.Plain) consensus.consensus()).values()).containsExactly(expected);
      assertThat(consensus.upstreamSequence()).isPositive();
    }
  }

  /** Masks are between all four sites, of which two are behind each relay. */
  @Test
  void aPartialSumSaysNothingAlone() {
    List<SecureSumKeys> keys = Stream.generate(SecureSumKeys::generate).limit(SITES).toList();
    List<byte[]> publicKeys = keys.stream().map(SecureSumKeys::publicKey).toList();
    FixedPoint scale = FixedPoint.forReports(SITES);
    sites =
        (site, order) -> {
          SecureSumParty party = new SecureSumParty(site, keys.get(site), publicKeys, new byte[16]);
          double[] values = {site + 0.5};
          byte[] masked = party.mask(Envelope.round(1, 1), values, scale).toBytes();
          return List.of(new Report(new Payload.Hidden(masked)));
        };
    assertThat(rounds(true).sum(new AskAgreement())).containsExactly(0.5 + 1.5 + 2.5 + 3.5);
    assertThat(handedUp).hasSize(2);
    for (byte[] bytes : handedUp) {
      RelayDone done = (RelayDone) Letter.fromBytes(bytes).message();
      Payload.Hidden total = (Payload.Hidden) done.total().orElseThrow();
      assertThatThrownBy(() -> SecureSumTotal.fromBytes(total.bytes()).read(SITES, scale))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("the masks do not cancel");
    }
  }

  @Test
  void aSiteThatGivesUpIsNamedAndAllAreTold() {
    List<Integer> told = new ArrayList<>();
    sites =
        (site, message) -> {
          if (message instanceof Abort) {
            told.add(site);
            return List.of();
          }
          return site == 2 ? List.of(new Abort(AbortCode.NO_COMPANY)) : List.of();
        };
    Rounds rounds = rounds(false);
    assertThatThrownBy(() -> rounds.sum(new AskAgreement()))
        .isInstanceOf(AbortedException.class)
        .hasMessageContaining("node 12");
    rounds.abort(AbortCode.LOCAL_FAILURE);
    carry();
    assertThat(told).containsExactly(0, 1, 2, 3);
    assertThat(relays).allMatch(Relay::over).noneMatch(Relay::complete);
  }

  @Test
  void whatNobodyHasAskedForIsRefusedByName() {
    sites = (site, order) -> site == 3 ? twice(new Report(plain(1))) : List.of();
    assertThatThrownBy(() -> rounds(false).sum(new AskAgreement()))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("node 13: not now");
  }

  private static List<Message> twice(Message message) {
    return List.of(message, message);
  }

  /** A relay that speaks for whom it has not, says it is done twice, or leaves the sum out. */
  @Test
  void aRelayThatDoesNotKeepToItIsRefused() {
    for (List<Message> wrong :
        List.<List<Message>>of(
            List.of(new RelayLetter(2, 1, new Report(plain(1)))),
            List.of(new RelayDone(Optional.empty())),
            twice(new RelayDone(Optional.of(plain(1)))),
            List.of(new Report(plain(1))))) {
      Rounds rounds = rounds(false);
      up.arrived.clear();
      long number = 0;
      for (Message message : wrong) {
        Envelope envelope = new Envelope(message.type(), RUN, 1, 1, 1, 0, ++number);
        up.arrived.add(new Transport.Arrival(0, new Letter(envelope, message).toBytes()));
      }
      assertThatThrownBy(() -> rounds.sum(new AskBound(false, new double[] {1})))
          .as("%s", wrong)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("relay 1");
      relays.clear();
    }
  }

  @Test
  void partsOfDifferentLengthOrRoundDoNotAddUp() {
    SecureSumTotal one = SecureSumTotal.fromBytes(new byte[8 + 32]);
    SecureSumTotal longer = SecureSumTotal.fromBytes(new byte[8 + 48]);
    byte[] later = new byte[8 + 32];
    later[0] = 1;
    assertThatThrownBy(() -> one.plus(longer)).isInstanceOf(SecureSumException.class);
    assertThatThrownBy(() -> one.plus(SecureSumTotal.fromBytes(later)))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("is not of round 0");
  }
}
