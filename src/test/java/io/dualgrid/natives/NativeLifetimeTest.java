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
import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Native objects closed, and their users interrupted, at random moments of their calls: what a call
 * may say is that the object is closed, or in use. A crash ends the virtual machine and with it the
 * test. {@value #TURNS_PROPERTY} sets the number of turns; scripts/check-native-lifetimes takes
 * many.
 */
class NativeLifetimeTest {
  static final String TURNS_PROPERTY = "dualgrid.lifetime.turns";

  private static final int TURNS = Integer.getInteger(TURNS_PROPERTY, 100);

  /** Where a turn closes at the latest; the calls take 5 to 200 microseconds. */
  private static final int LONGEST_NANOS = 400_000;

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
    for (int turn = 0; turn < TURNS; turn++) {
      DenseSolver solver =
          new NativeDenseSolverFactory()
              .setup(VARIABLES, quadratic, rows, lower, upper, new QpSettings(1e-9, 0.0, 1000));
      double[] linear = random.doubles(VARIABLES, -9, 9).toArray();
      closeDuring(solver::close, () -> solver.solve(linear), () -> solver.solve(linear));
    }
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

  private void sparseSolves(QpSolverFactory factory) {
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
    QuadraticProgram program =
        new QuadraticProgram("random", SparseMatrix.diagonal(one), one, rows.build(), lower, upper);
    for (int turn = 0; turn < TURNS; turn++) {
      QpSolver solver = factory.setup(program, new QpSettings(1e-9, 0.0, 1000));
      double[] linear = random.doubles(VARIABLES, -9, 9).toArray();
      closeDuring(
          solver::close,
          () -> {
            solver.updateLinear(linear);
            solver.solve();
          },
          () -> solver.updateQuadraticDiagonal(one));
    }
  }

  @Test
  void encryptionsAndSums() {
    assumeTrue(new SealCkksBackend().status().available(), "no dualgrid_seal");
    CkksBackend backend = new SealCkksBackend();
    CkksParameters parameters = CkksParameters.compact();
    double[] values = random.doubles(72, -1, 1).toArray();
    for (int turn = 0; turn < TURNS; turn++) {
      KeyPair pair = backend.generateKeys(parameters);
      Encryptor own = backend.encryptor(pair.secretKey());
      Encryptor open = backend.encryptor(pair.publicKey());
      Decryptor decryptor = backend.decryptor(pair.secretKey());
      Evaluator evaluator = backend.evaluator(parameters);
      Ciphertext encrypted = own.encrypt(values);
      closeDuring(
          () -> {
            pair.secretKey().close();
            open.close();
            evaluator.close();
            own.close();
          },
          () -> own.encrypt(values),
          () -> open.encrypt(values),
          () -> {
            decryptor.decrypt(encrypted);
            evaluator.sum(encrypted, encrypted);
          });
      decryptor.close();
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
