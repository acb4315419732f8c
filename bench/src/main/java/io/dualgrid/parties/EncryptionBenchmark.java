package io.dualgrid.parties;

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
  @Param({"compact", "published"})
  public String parameters;

  @Param({"seal", "java"})
  public String ckks;

  private WorkerPool pool;
  private Parties parties;
  private final List<EdgeSystem> receivers = new ArrayList<>();
  private final List<ConsensusMessage> messages = new ArrayList<>();

  @Setup
  public void setUp() {
    BenchFeeder feeder = new BenchFeeder();
    pool = new WorkerPool(1);
    RunSettings settings =
        feeder
            .settings
            .withPrivacy(Privacy.CKKS)
            .withBackends("auto", ckks)
            .withProtection(parameters, "hardened");
    parties =
        new PartyFactory(feeder.gridCase, settings, PartyHooks.NONE, pool).create(feeder.programs);
    Random random = new Random(SEED);
    for (EdgeSystem edge : parties.edges()) {
      for (LineEnd end : edge.ends()) {
        for (int i = 0; i < end.x.length; i++) {
          end.x[i] = random.nextGaussian();
        }
      }
      parties.operator().receive(edge.send());
    }
    for (EdgeSystem edge : parties.edges()) {
      for (LineEnd end : edge.ends()) {
        receivers.add(edge);
        messages.add(parties.operator().consensus(end.line, end.port.downstream()));
      }
    }
  }

  @Benchmark
  public void encrypt(Blackhole blackhole) {
    for (EdgeSystem edge : parties.edges()) {
      blackhole.consume(edge.send());
    }
  }

  @Benchmark
  public void operatorSum(Blackhole blackhole) {
    for (ConsensusMessage message : messages) {
      blackhole.consume(parties.operator().consensus(message.line(), message.toDownstream()));
    }
  }

  @Benchmark
  public void decrypt() {
    for (int i = 0; i < messages.size(); i++) {
      receivers.get(i).receive(messages.get(i));
    }
  }

  @TearDown
  public void tearDown() {
    parties.close();
    pool.close();
  }
}
