package io.dualgrid.auth;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.run.StepBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The hashes behind tags, one for each of the 118 line ends: drawn once a run, and of a ciphertext
 * three times in every iteration, twice when a tag is made and once when one is checked.
 */
public class ResidueHashBenchmark extends StepBenchmark {
  private static final int ENDS = 118;
  private static final int VALUES = 72;

  @Param({"compact", "published"})
  public String parameters;

  @Param({"native", "java"})
  public String keys;

  private final byte[] key = new byte[32];
  private CkksParameters set;
  private ResidueHash.Drawing drawing;
  private final List<ResidueHash> hashes = new ArrayList<>();
  private Residues residues;

  @Setup
  public void setUp() {
    Random random = new Random(SEED);
    random.nextBytes(key);
    set = parametersOf(parameters);
    drawing =
        keys.equals("native")
            ? KeyAccelerator.available().orElseThrow()::products
            : JavaProducts::new;
    for (int end = 0; end < ENDS; end++) {
      hashes.add(ResidueHash.drawn(key, set, 1, drawing));
    }
    CkksBackend backend = CkksBackends.byName("java");
    Encryptor encryptor = backend.encryptor(backend.generateKeys(set).publicKey());
    residues = encryptor.encrypt(random.doubles(VALUES).toArray()).sharedResidues();
  }

  @Benchmark
  public void drawHash(Blackhole blackhole) {
    for (int end = 0; end < ENDS; end++) {
      try (ResidueHash hash = ResidueHash.drawn(key, set, 1, drawing)) {
        blackhole.consume(hash);
      }
    }
  }

  @Benchmark
  public void hash(Blackhole blackhole) {
    for (ResidueHash hash : hashes) {
      blackhole.consume(hash.of(residues));
    }
  }

  @TearDown
  public void tearDown() {
    hashes.forEach(ResidueHash::close);
  }
}
