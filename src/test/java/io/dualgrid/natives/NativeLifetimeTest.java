package io.dualgrid.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import io.dualgrid.qp.nativeqp.NativeInteriorPointFactory;
import io.dualgrid.qp.nativeqp.NativeNewtonKernelFactory;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Native objects closed, and their users interrupted, at random moments of their calls, among them
 * calls and set-ups that fail: what a call may say is that the object is closed, in use, or what
 * the library refuses. A crash ends the virtual machine and with it the test. {@value
 * #TURNS_PROPERTY} sets the number of turns; scripts/check-native-lifetimes takes many, and then
 * memory that is not given back is a failure, too.
 */
class NativeLifetimeTest {
  static final String TURNS_PROPERTY = "dualgrid.lifetime.turns";

  private static final int TURNS = Integer.getInteger(TURNS_PROPERTY, 100);

  /** Where a turn closes at the latest; the calls take 5 to 200 microseconds. */
  private static final int LONGEST_NANOS = 400_000;

  /** From here on a leak is larger than what the virtual machine itself takes meanwhile. */
  private static final int TURNS_WORTH_MEASURING = 5_000;

  /**
   * Half of what the smallest object of a turn holds: 800 entries of 12 bytes of a matrix, and as
   * many of its factor.
   */
  private static final long MOST_BYTES_OF_A_TURN = 10_000;

  private static final int VARIABLES = 40;

  private final Random random = new Random(20261125);

  @Test
  void denseSolves() {
    assumeTrue(new NativeDenseSolverFactory().status().available(), "no dualgrid_dense");
    double[] quadratic = new double[VARIABLES * VARIABLES];
    for (int i = 0; i < VARIABLES; i++) {
      quadratic[i * VARIABLES + i] = 1;
    }
    double[] rows = random.doubles(60L * VARIABLES, -1, 1).toArray();
    double[] lower = new double[60];
    double[] upper = new double[60];
    Arrays.fill(lower, -0.1);
    Arrays.fill(upper, 0.1);
    double[] indefinite = quadratic.clone();
    indefinite[0] = -1;
    QpSettings settings = new QpSettings(1e-9, 0.0, 1000);
    turns(
        () -> {
          refused(
              () ->
                  new NativeDenseSolverFactory()
                      .setup(VARIABLES, indefinite, rows, lower, upper, settings));
          DenseSolver solver =
              new NativeDenseSolverFactory()
                  .setup(VARIABLES, quadratic, rows, lower, upper, settings);
          double[] linear = random.doubles(VARIABLES, -9, 9).toArray();
          closeDuring(
              solver::close,
              () -> solver.solve(linear),
              () -> solver.start(new double[VARIABLES], new double[60]));
        });
  }

  @Test
  void osqpSolves() {
    assumeTrue(new OsqpSolverFactory().status().available(), "no dualgrid_osqp");
    sparseSolves(new OsqpSolverFactory());
  }

  @Test
  void nativeSolves() {
    assumeTrue(new NativeQpSolverFactory().status().available(), "no dualgrid_qp");
    sparseSolves(new NativeQpSolverFactory());
  }

  @Test
  void interiorPointSolves() {
    assumeTrue(new NativeInteriorPointFactory().status().available(), "no dualgrid_qp");
    sparseSolves(new NativeInteriorPointFactory());
  }

  @Test
  void newtonSteps() {
    assumeTrue(new NativeNewtonKernelFactory().status().available(), "no dualgrid_qp");
    QuadraticProgram program = program(SparseMatrix.diagonal(new double[VARIABLES]));
    int[] coupled = {1, 5, 9};
    double[] prices = {0.1, 0.0, -0.3};
    turns(
        () -> {
          refused(() -> new NativeNewtonKernelFactory().setup(program, new int[] {1, 1}));
          NewtonKernel kernel = new NativeNewtonKernelFactory().setup(program, coupled);
          closeDuring(
              kernel::close,
              () -> {
                kernel.start(prices);
                kernel.factorise(prices);
                kernel.sensitivities(new double[6]);
                kernel.aim(0.1, true, new double[3]);
                kernel.direct(new double[3]);
                kernel.move(kernel.longestPrimalStep(), kernel.longestDualStep());
              },
              () -> kernel.coupled(new double[3]));
        });
  }

  private void sparseSolves(QpSolverFactory factory) {
    double[] one = new double[VARIABLES];
    Arrays.fill(one, 1);
    double[] indefinite = one.clone();
    indefinite[0] = -1;
    QuadraticProgram program = program(SparseMatrix.diagonal(one));
    QuadraticProgram bad = program(SparseMatrix.diagonal(indefinite));
    QpSettings settings = new QpSettings(1e-9, 0.0, 1000);
    turns(
        () -> {
          refused(
              () -> {
                try (QpSolver solver = factory.setup(bad, settings)) {
                  solver.solve();
                }
              });
          QpSolver solver = factory.setup(program, settings);
          double[] linear = random.doubles(VARIABLES, -9, 9).toArray();
          closeDuring(
              solver::close,
              () -> {
                solver.updateLinear(linear);
                solver.solve();
              },
              () -> solver.updateQuadraticDiagonal(one));
        });
  }

  private QuadraticProgram program(SparseMatrix quadratic) {
    SparseMatrix.Builder rows = SparseMatrix.builder(60, VARIABLES);
    for (int i = 0; i < 60; i++) {
      for (int j = i % 3; j < VARIABLES; j += 3) {
        rows.add(i, j, random.nextDouble() - 0.5);
      }
    }
    double[] one = new double[VARIABLES];
    Arrays.fill(one, 1);
    double[] lower = new double[60];
    double[] upper = new double[60];
    Arrays.fill(lower, -0.1);
    Arrays.fill(upper, 0.1);
    return new QuadraticProgram("random", quadratic, one, rows.build(), lower, upper);
  }

  @Test
  void encryptionsAndSums() {
    assumeTrue(new SealCkksBackend().status().available(), "no dualgrid_seal");
    CkksBackend backend = new SealCkksBackend();
    CkksParameters parameters = CkksParameters.compact();
    double[] values = random.doubles(72, -1, 1).toArray();
    turns(
        () -> {
          KeyPair pair = backend.generateKeys(parameters);
          Encryptor own = backend.encryptor(pair.secretKey());
          Encryptor open = backend.encryptor(pair.publicKey());
          PairEncryptor both = backend.encryptor(pair.secretKey(), pair.publicKey());
          Decryptor decryptor = backend.decryptor(pair.secretKey());
          Evaluator evaluator = backend.evaluator(parameters);
          Ciphertext encrypted = own.encrypt(values);
          closeDuring(
              () -> {
                pair.secretKey().close();
                open.close();
                both.close();
                evaluator.close();
                own.close();
              },
              () -> own.encrypt(values),
              () -> open.encrypt(values),
              () -> both.encrypt(values),
              () -> {
                decryptor.decrypt(encrypted);
                evaluator.sum(encrypted, encrypted);
              });
          decryptor.close();
        });
  }

  /** Takes so many turns, and sees to it that many of them leave no more memory than few. */
  private static void turns(Runnable turn) {
    long before = 0;
    for (int t = 0; t < TURNS; t++) {
      if (t == TURNS / 10) {
        before = residentOutsideHeap();
      }
      turn.run();
    }
    if (TURNS >= TURNS_WORTH_MEASURING) {
      assertThat((residentOutsideHeap() - before) / TURNS).isLessThan(MOST_BYTES_OF_A_TURN);
    }
  }

  /** Resident set less the heap of the virtual machine, as far as Linux tells it; else zero. */
  private static long residentOutsideHeap() {
    System.gc(); // what is forgotten unclosed is freed by the collector
    try {
      long kilobytes =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow();
      return 1024 * kilobytes - Runtime.getRuntime().totalMemory();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What the library does not take, it says; it has freed what it had begun. */
  private static void refused(Runnable setup) {
    try {
      setup.run();
    } catch (QpException | IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  /** Runs every use over and over, each in a thread of its own, and closes in the midst. */
  private void closeDuring(Runnable close, Runnable... uses) {
    AtomicReference<Throwable> wrong = new AtomicReference<>();
    CountDownLatch atWork = new CountDownLatch(uses.length);
    List<Thread> threads = new ArrayList<>();
    for (Runnable use : uses) {
      Thread thread = new Thread(() -> useUntilClosed(use, atWork, wrong));
      thread.start();
      threads.add(thread);
    }
    awaitUninterrupted(atWork);
    LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
    threads.get(random.nextInt(threads.size())).interrupt();
    close.run();
    threads.forEach(NativeLifetimeTest::join);
    assertThat(wrong.get()).isNull();
  }

  private static void useUntilClosed(
      Runnable use, CountDownLatch atWork, AtomicReference<Throwable> wrong) {
    atWork.countDown();
    try {
      while (true) {
        try {
          use.run();
        } catch (IllegalStateException e) {
          if (String.valueOf(e.getMessage()).contains("closed")) {
            return;
          }
          if (!String.valueOf(e.getMessage()).contains("in use")) {
            throw e;
          }
        }
      }
    } catch (Throwable e) {
      wrong.set(e);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
