package io.dualgrid.edge;

import io.dualgrid.auth.LineSecret;
import io.dualgrid.auth.LineTags;
import io.dualgrid.auth.Round;
import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.keys.AgreementKey;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.run.BenchFeeder;
import io.dualgrid.run.StepBenchmark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The encrypted exchange of one iteration: 118 line ends with 72 values each, encrypted under two
 * keys, summed for each end, decrypted by each end; from values to bytes and back, checks included.
 */
public class EncryptionBenchmark extends StepBenchmark {
  private static final double WEIGHT = 0.5;
  private static final byte[] RUN = new byte[16];
  private static final byte[] TRANSCRIPT = new byte[32];

  @Param({"compact", "published"})
  public String parameters;

  @Param({"seal", "java"})
  public String ckks;

  private CkksParameters set;
  private Evaluator evaluator;
  private final List<CkksBoundaryCodec> ends = new ArrayList<>(); // upper, then lower, by line
  private final List<Boundary> copies = new ArrayList<>();
  private final List<Consensus> messages = new ArrayList<>();
  private Round round = new Round(0, 0);
  private double[] values;
  private double[] z;

  @Setup
  public void setUp() {
    BenchFeeder feeder = new BenchFeeder();
    CkksBackend backend = CkksBackends.byName(ckks);
    set = parametersOf(parameters);
    evaluator = backend.evaluator(set);
    values = new Random(SEED).doubles(3L * feeder.horizon.steps()).toArray();
    z = new double[values.length];
    for (int line = 0; line < feeder.gridCase.lines().size(); line++) {
      KeyPair up = backend.generateKeys(set);
      KeyPair down = backend.generateKeys(set);
      AgreementKey upper = AgreementKey.generate();
      AgreementKey lower = AgreementKey.generate();
      ends.add(end(line, false, backend, up, down.publicKey(), upper, lower.publicKey()));
      ends.add(end(line, true, backend, down, up.publicKey(), lower, upper.publicKey()));
    }
    ends.forEach(end -> copies.add(end.seal(values)));
    for (int end = 0; end < ends.size(); end++) {
      messages.add(consensus(end));
    }
  }

  private CkksBoundaryCodec end(
      int line,
      boolean downstream,
      CkksBackend backend,
      KeyPair keys,
      PublicKey neighbour,
      AgreementKey own,
      byte[] other) {
    try (LineSecret secret = LineSecret.agree(own, other, downstream, RUN, 1, line)) {
      LineTags tags = new LineTags(secret, line, downstream, set, values.length);
      return new CkksBoundaryCodec(
          line,
          downstream,
          WEIGHT,
          backend,
          keys,
          neighbour,
          tags,
          () -> new Moment(round, TRANSCRIPT));
    }
  }

  /** As the operator forms it. */
  private Consensus consensus(int end) {
    ByteBuffer own = hidden(copies.get(end).underOwnKey());
    ByteBuffer other = hidden(copies.get(end ^ 1).underNeighbourKey());
    byte[] tag = copies.get(end ^ 1).tag();
    Payload.Hidden sum;
    if (set.operatorWeights()) {
      double[] weights = {WEIGHT, WEIGHT};
      Ciphertext weighted =
          evaluator.weightedSum(
              weights, Ciphertext.fromBytes(own, set), Ciphertext.fromBytes(other, set));
      sum = new Payload.Hidden(weighted.sharedBytes());
    } else {
      sum = Consensus.room(own.remaining(), tag.length);
      evaluator.sumOfBytes(own, other, sum.buffer());
    }
    return new Consensus(end / 2, end % 2 == 1, 1, 1, sum, tag);
  }

  private static ByteBuffer hidden(Payload payload) {
    return ((Payload.Hidden) payload).buffer();
  }

  @Benchmark
  public void encrypt(Blackhole blackhole) {
    round = new Round(round.iteration() + 1, 0); // a pad masks one tag
    ends.forEach(end -> blackhole.consume(end.seal(values)));
  }

  @Benchmark
  public void operatorSum(Blackhole blackhole) {
    for (int end = 0; end < ends.size(); end++) {
      blackhole.consume(consensus(end));
    }
  }

  @Benchmark
  public void decrypt() {
    for (int end = 0; end < ends.size(); end++) {
      ends.get(end).open(messages.get(end), z);
    }
  }

  @TearDown
  public void tearDown() {
    ends.forEach(CkksBoundaryCodec::close);
    evaluator.close();
  }
}
