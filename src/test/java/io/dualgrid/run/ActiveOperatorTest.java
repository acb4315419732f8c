package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.auth.CertificateAuthority;
import io.dualgrid.auth.KeyBundle;
import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.Residues;
import io.dualgrid.ckks.WireBytes;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.keys.AgreementKey;
import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.AskCapacities;
import io.dualgrid.protocol.AskProducts;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Move;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Roster;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.SolveHalf;
import io.dualgrid.protocol.Taps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator that does not follow the protocol, played against the real energy systems by changing
 * what it sends on its way: whatever it tries is refused by name on the first try, and its victim
 * says nothing after it but that it gives up.
 */
class ActiveOperatorTest {
  /** Node 2 of 6-bus, at the lower end of line 1 from node 1; edges are in the order of nodes. */
  private static final int VICTIM = 2;

  private static final int LINE = 1;

  /** Or the next in which there is a consensus: the interior-point method has few. */
  private static final int ATTACKED_ITERATION = 3;

  private static final CkksParameters COMPACT = CkksParameters.compact();

  static Stream<String> backends() {
    return RoundBackends.ckks();
  }

  private static RunSettings settings(String backend) {
    // exposed sums allowed, so that there is a hub whose corrections can be forged
    return SixBus.settings(Privacy.CKKS).toBuilder()
        .qpBackend("java")
        .ckksBackend(backend)
        .allowExposedSums(true)
        .maxIterations(12)
        .threads(2)
        .build();
  }

  /** A consensus for the victim before it is changed, and what the operator has seen until then. */
  private record Seen(
      String backend, Consensus consensus, byte[] victimsKey, List<Consensus> earlier) {}

  private interface Forgery {
    Consensus of(Seen seen);
  }

  /** Forges one consensus for the victim, and keeps all that the victim says from then on. */
  private static final class ForgingTap implements MessageTap {
    private final String backend;
    private final Forgery forgery;
    private final int enough; // that came before
    private final Map<Boolean, byte[]> keys = new ConcurrentHashMap<>();
    private final List<Consensus> earlier = new ArrayList<>();
    private final List<Message> after = new ArrayList<>();
    private int attacked; // iteration; 0 before it

    ForgingTap(String backend, Forgery forgery, int enough) {
      this.backend = backend;
      this.forgery = forgery;
      this.enough = enough;
    }

    @Override
    public synchronized List<byte[]> pass(Way way, int edge, byte[] bytes) {
      Letter letter = Letter.fromBytes(bytes);
      if (letter.message() instanceof LineKey key && key.line() == LINE) {
        keys.put(key.fromDownstream(), key.key());
      }
      if (way == Way.TO_OPERATOR && edge == VICTIM && attacked > 0) {
        after.add(letter.message());
      }
      if (way == Way.FROM_OPERATOR
          && letter.message() instanceof Consensus consensus
          && consensus.line() == LINE
          && consensus.toDownstream()) {
        int iteration = letter.envelope().iteration();
        if (attacked == 0 && iteration >= ATTACKED_ITERATION && earlier.size() >= enough) {
          attacked = iteration;
          Consensus untrue =
              forgery.of(new Seen(backend, consensus, keys.get(true), List.copyOf(earlier)));
          return List.of(new Letter(letter.envelope(), untrue).toBytes());
        }
        earlier.add(consensus);
      }
      return List.of(bytes);
    }
  }

  private static Consensus with(Consensus like, Ciphertext sum, byte[] tag) {
    return with(like, sum.toBytes(), tag);
  }

  private static Consensus with(Consensus like, byte[] sum, byte[] tag) {
    return new Consensus(
        like.line(),
        like.toDownstream(),
        like.upstreamSequence(),
        like.downstreamSequence(),
        new Payload.Hidden(sum),
        tag);
  }

  private static Ciphertext sumIn(Consensus consensus) {
    return Ciphertext.fromBytes(((Payload.Hidden) consensus.consensus()).bytes(), COMPACT);
  }

  private static Ciphertext craft(Seen seen, double value) {
    double[] values = new double[sumIn(seen.consensus()).valueCount()];
    Arrays.fill(values, value);
    CkksBackend backend = CkksBackends.byName(seen.backend());
    try (Encryptor encryptor = backend.encryptor(PublicKey.fromBytes(seen.victimsKey(), COMPACT))) {
      return encryptor.encrypt(values);
    }
  }

  private enum Lie implements Forgery {
    /** The decryption oracle of old: any values, under the victim's public key. */
    CRAFTED {
      @Override
      public Consensus of(Seen seen) {
        return with(seen.consensus(), craft(seen, 0.125), seen.consensus().tag());
      }
    },
    /** The true sum, shifted by an encryption of the operator's own. */
    SHIFTED {
      @Override
      public Consensus of(Seen seen) {
        // a sum of three is more than the parameters take, so it is added residue by residue
        Residues residues = sumIn(seen.consensus()).sharedResidues();
        Residues shift = craft(seen, 1e-6).sharedResidues();
        WireBytes altered = WireBytes.of(sumIn(seen.consensus()));
        for (int i = 0; i < residues.length(); i++) {
          altered.putResidue(i, (residues.get(i) + shift.get(i)) % COMPACT.modulus(0));
        }
        return with(seen.consensus(), altered.sealed(), seen.consensus().tag());
      }
    },
    /** One residue off by one: what is decrypted is still plausible, or not. */
    ALTERED_SUM {
      @Override
      public Consensus of(Seen seen) {
        Ciphertext sum = sumIn(seen.consensus());
        long residue = sum.sharedResidues().get(7);
        byte[] altered = WireBytes.of(sum).putResidue(7, residue == 0 ? 1 : residue - 1).sealed();
        return with(seen.consensus(), altered, seen.consensus().tag());
      }
    },
    ALTERED_TAG {
      @Override
      public Consensus of(Seen seen) {
        byte[] tag = seen.consensus().tag().clone();
        tag[0] ^= 1;
        return with(seen.consensus(), sumIn(seen.consensus()), tag);
      }
    },
    NO_TAG {
      @Override
      public Consensus of(Seen seen) {
        return with(seen.consensus(), sumIn(seen.consensus()), new byte[0]);
      }
    },
    /** The consensus of an iteration ago with its own tag, under the present numbers. */
    OLDER {
      @Override
      public Consensus of(Seen seen) {
        Consensus old = seen.earlier().get(seen.earlier().size() - 1);
        return with(seen.consensus(), sumIn(old), old.tag());
      }
    },
    /** The present sum with the tag of an iteration ago. */
    OLDER_TAG {
      @Override
      public Consensus of(Seen seen) {
        Consensus old = seen.earlier().get(seen.earlier().size() - 1);
        return with(seen.consensus(), sumIn(seen.consensus()), old.tag());
      }
    };

    boolean older() {
      return this == OLDER || this == OLDER_TAG;
    }
  }

  static Stream<Arguments> lies() {
    return backends()
        .flatMap(
            backend ->
                Stream.of(Algorithm.ACCELERATED, Algorithm.NEWTON)
                    .flatMap(
                        algorithm ->
                            Arrays.stream(Lie.values())
                                // the interior-point method has one consensus of a line, at its end
                                .filter(lie -> algorithm != Algorithm.NEWTON || !lie.older())
                                .map(lie -> Arguments.of(backend, algorithm, lie))));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aForgedConsensusIsRefusedBeforeItIsDecrypted(String backend, Algorithm algorithm, Lie lie) {
    ForgingTap tap = new ForgingTap(backend, lie, lie.older() ? 1 : 0);
    RunSettings settings =
        settings(backend).toBuilder().algorithm(algorithm).maxIterations(30).build();
    RunResult result = SixBus.run(settings, Taps.hooks(tap));
    assertThat(tap.attacked).isPositive();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.iterations()).isEqualTo(tap.attacked - 1);
    String words = lie == Lie.NO_TAG ? "a tag of 0 bytes" : "line " + LINE + ": the consensus";
    assertThat(result.notices()).anyMatch(notice -> notice.contains(words));
    assertThat(tap.after).containsExactly(new Abort(AbortCode.NOT_AUTHENTIC));
  }

  /** All bytes that the victim sends are the same whatever was in the forged message. */
  @ParameterizedTest
  @MethodSource("backends")
  void whatAForgeryHoldsMakesNoDifference(String backend) {
    List<List<Message>> said = new ArrayList<>();
    for (double value : new double[] {0.0, 500.0}) {
      ForgingTap tap =
          new ForgingTap(
              backend,
              seen -> with(seen.consensus(), craft(seen, value), seen.consensus().tag()),
              1);
      SixBus.run(settings(backend), Taps.hooks(tap));
      said.add(tap.after);
    }
    assertThat(said.get(0)).isEqualTo(said.get(1)).hasSize(1);
  }

  private static void assertSetUpRefused(String backend, RunHooks hooks, String... words) {
    assertThatThrownBy(() -> SixBus.run(settings(backend), hooks))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSwappedEncryptionKeyIsRefused(String backend) {
    byte[] operators = CkksBackends.byName(backend).generateKeys(COMPACT).publicKey().toBytes();
    assertSetUpRefused(
        backend,
        Taps.changing(
            Way.FROM_OPERATOR,
            LineKey.class,
            key ->
                key.line() == LINE && key.fromDownstream()
                    ? new LineKey(key.line(), true, operators)
                    : key),
        "node 2",
        "line 1",
        "swapped");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void keysThatTheSiteDidNotSignAreRefused(String backend) {
    Instant now = Instant.now();
    UnaryOperator<SiteKeys> standIn =
        keys -> {
          KeyBundle bundle =
              KeyBundle.of(
                  new byte[16],
                  1,
                  keys.owner(),
                  true,
                  AgreementKey.generate().publicKey(),
                  AgreementKey.generate().publicKey(),
                  Map.of());
          return new SiteKeys(
              keys.owner(),
              new CertificateAuthority()
                  .enrol("6-bus/" + keys.owner(), now, now.plus(Duration.ofHours(1)))
                  .sign(bundle)
                  .toBytes());
        };
    assertSetUpRefused(
        backend,
        Taps.changing(
            Way.FROM_OPERATOR,
            SiteKeys.class,
            keys -> keys.owner() == VICTIM ? standIn.apply(keys) : keys),
        "6-bus/2",
        "not issued by the sites' authority");
    // one bit of the flag, of a key or of the signature
    for (int offset : new int[] {-1, -65, -200}) {
      assertThatThrownBy(
              () ->
                  SixBus.run(
                      settings(backend),
                      Taps.changing(
                          Way.FROM_OPERATOR, SiteKeys.class, keys -> changed(keys, offset))))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("6-bus/");
    }
  }

  private static SiteKeys changed(SiteKeys keys, int offset) {
    byte[] bundle = keys.bundle().clone();
    bundle[bundle.length + offset] ^= 1;
    return new SiteKeys(keys.owner(), bundle);
  }

  /** Keys of one site handed out as another's, all of them honestly signed. */
  @ParameterizedTest
  @MethodSource("backends")
  void keysOfAnotherSiteAreRefused(String backend) {
    Map<Integer, byte[]> seen = new ConcurrentHashMap<>();
    MessageTap tap =
        (way, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          if (letter.message() instanceof SiteKeys keys) {
            seen.put(keys.owner(), keys.bundle());
            if (way == Way.FROM_OPERATOR && keys.owner() == VICTIM) {
              SiteKeys others = new SiteKeys(VICTIM, seen.get(3));
              return List.of(new Letter(letter.envelope(), others).toBytes());
            }
          }
          return List.of(bytes);
        };
    assertSetUpRefused(backend, Taps.hooks(tap), "6-bus/2", "6-bus/3");
  }

  private static <M extends Message> MessageTap tellingOthers(
      Class<M> type, List<Integer> misled, int iteration, UnaryOperator<M> change) {
    return (way, edge, bytes) -> {
      Letter letter = Letter.fromBytes(bytes);
      if (way == Way.FROM_OPERATOR
          && type.isInstance(letter.message())
          && letter.envelope().iteration() >= iteration
          && misled.contains(edge)) {
        M changed = change.apply(type.cast(letter.message()));
        return List.of(new Letter(letter.envelope(), changed).toBytes());
      }
      return List.of(bytes);
    };
  }

  private static void assertNoticed(String backend, MessageTap tap, String words) {
    RunResult result = SixBus.run(settings(backend), Taps.hooks(tap));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(notice -> notice.contains(words));
  }

  private static double[] moved(double[] values) {
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += 1e-3;
    }
    return moved;
  }

  /** Corrections to odd depths other than those that even depths hear: in the very same phase. */
  @ParameterizedTest
  @MethodSource("backends")
  void differentBroadcastsToTheTwoHalvesAreNoticed(String backend) {
    List<Integer> odd =
        IntStream.range(0, SixBus.CASE.nodes().size())
            .filter(i -> !SixBus.CASE.tree().hasEvenDepth(SixBus.CASE.nodes().get(i).id()))
            .boxed()
            .toList();
    assertNoticed(
        backend,
        tellingOthers(
            SolveHalf.class,
            odd,
            ATTACKED_ITERATION,
            order ->
                order.even()
                    ? order
                    : new SolveHalf(false, moved(order.oddCorrection()), order.evenCorrection())),
        "iteration " + ATTACKED_ITERATION + ": line");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aMoveThatOneAloneIsToldIsNoticed(String backend) {
    assertNoticed(
        backend,
        tellingOthers(
            Move.class,
            List.of(VICTIM),
            ATTACKED_ITERATION,
            move ->
                new Move(
                    move.proximalShare() + 0.5,
                    move.keepReference(),
                    move.fallBack(),
                    move.rescale(),
                    move.coefficients())),
        "iteration " + (ATTACKED_ITERATION + 1) + ": ");
  }

  /**
   * Another price, or another scale, for one alone: the difference of two sums would be what that
   * one answers. No boundary message has to pass before it shows.
   */
  @ParameterizedTest
  @MethodSource("backends")
  void aQuestionToOneAloneGivesNoiseInsteadOfASum(String backend) {
    assertNoticed(
        backend,
        tellingOthers(
            AskProducts.class,
            List.of(VICTIM),
            ATTACKED_ITERATION,
            ask -> new AskProducts(ask.slot(), 2 * ask.scale(), ask.movements())),
        "iteration " + ATTACKED_ITERATION + ": round");
    assertNoticed(
        backend,
        tellingOthers(
            AskBound.class,
            List.of(VICTIM),
            ATTACKED_ITERATION,
            ask -> new AskBound(ask.atNodes(), moved(ask.price()))),
        "the masks do not cancel");
  }

  /** Another feeder for one alone, in which its sums have other company. */
  @ParameterizedTest
  @MethodSource("backends")
  void aRosterThatIsNotOfTheFeederIsRefused(String backend) {
    for (int moved : new int[] {VICTIM, 3}) {
      UnaryOperator<Roster> change =
          roster -> {
            int[] parents = roster.parents().clone();
            parents[moved] = 0;
            return new Roster(roster.nodes(), parents);
          };
      assertThatThrownBy(
              () ->
                  SixBus.run(
                      settings(backend),
                      Taps.hooks(
                          tellingOthers(
                              Roster.class, IntStream.range(0, 7).boxed().toList(), 0, change))))
          .hasMessageContaining("roster is not of the feeder");
    }
  }

  /** An operator that asks for a sum over a half which has too few sites, by its own roster. */
  @ParameterizedTest
  @MethodSource("backends")
  void aSumOverHalfWithoutCompanyIsRefusedByTheEdges(String backend) {
    assertThatThrownBy(
            () ->
                SixBus.run(
                    settings(backend).toBuilder().allowExposedSums(false).build(),
                    Taps.changing(
                        Way.FROM_OPERATOR,
                        AskCapacities.class,
                        ask -> new AskCapacities(true, ask.priceOfStep()))))
        .hasMessageContainingAll("a sum over half of the depths", "2 at even and 4 at odd depths");
  }
}
