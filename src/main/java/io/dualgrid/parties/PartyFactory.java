package io.dualgrid.parties;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.Line;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.DenseBackends;
import io.dualgrid.qp.dense.DenseSolverFactory;
import io.dualgrid.site.GridCase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sets up the energy systems, the operator and the cloud of a case, as the settings ask for. */
final class PartyFactory {
  /** The published weight of the copy of the node a line starts from. */
  private static final double UPSTREAM_WEIGHT = 0.5;

  /**
   * Of local solves in the accelerated consensus, which needs copies right to a few 1e-8 to bring
   * mismatches below 1e-5. Newton's method ends far below its tolerance anyway, and would spend its
   * time on rounding errors if asked for less than the relative part.
   */
  private static final QpSettings ACCURATE = new QpSettings(1e-9, 1e-8, 20_000);

  /**
   * The same for a backend that stops right at its tolerance: with a relative part the errors of
   * OSQP throw the acceleration off, and yingkou-60 never converges.
   */
  private static final QpSettings ACCURATE_SPLITTING = new QpSettings(1e-9, 0.0, 20_000);

  /**
   * Of local solves in the published one: ten times finer than its stopping rule. The limit is
   * where a solve of the Java backend, which stands in, has become cheaper than going on.
   */
  private static final QpSettings PUBLISHED = new QpSettings(1e-6, 0.0, 4_000);

  /**
   * Of the cloud's solves; a masked space may stretch errors by the condition of the mask. Also of
   * the solves that stand in for a rejected answer: at 2e-8, OSQP's solutions differ from the
   * cloud's by enough to throw the acceleration off, and with a third of the answers rejected 24 of
   * 100 runs of 6-bus did not converge in 100 iterations, where all do in 10 now.
   */
  static final QpSettings CLOUD_TOLERANCE = new QpSettings(1e-9, 1e-10, 20_000);

  /** Of what stands in for a solve that reached its limit: the last resort, so a generous one. */
  private static final int STAND_IN_ITERATIONS = 20_000;

  private final GridCase gridCase;
  private final RunSettings settings;
  private final PartyHooks hooks;
  private final WorkerPool pool;
  private final QpSolverFactory solvers;
  private final DenseSolverFactory cloudSolvers;
  private final CkksBackend ckks;
  private final CkksParameters parameters;
  private final MaskSettings maskSettings;

  /**
   * Chooses the backends.
   *
   * @throws BackendMissingException when one that was asked for cannot be had
   */
  PartyFactory(GridCase gridCase, RunSettings settings, PartyHooks hooks, WorkerPool pool) {
    this.gridCase = gridCase;
    this.settings = settings;
    this.hooks = hooks;
    this.pool = pool;
    try {
      solvers = QpBackends.named(settings.qpBackend());
      cloudSolvers =
          settings.privacy().masksPrograms() ? DenseBackends.besides(settings.qpBackend()) : null;
      ckks =
          settings.privacy().encryptsMessages()
              ? CkksBackends.byName(settings.ckksBackend())
              : null;
    } catch (NativeLibraryException e) {
      throw new BackendMissingException(e.getMessage());
    }
    parameters = CkksParameters.byName(settings.ckksParameters());
    maskSettings = MaskSettings.named(settings.mask()).withLifetime(settings.maskLifetime());
  }

  /** Name and version of each backend in use, by role. */
  Map<String, RunResult.Backend> backends() {
    Map<String, RunResult.Backend> used = new LinkedHashMap<>();
    used.put("qp", new RunResult.Backend(solvers.name(), solvers.version()));
    if (settings.privacy().masksPrograms()) {
      used.put(
          "cloud",
          new RunResult.Backend("dense (" + cloudSolvers.name() + ")", cloudSolvers.version()));
    }
    if (ckks != null) {
      used.put("ckks", new RunResult.Backend(ckks.name(), ckks.version()));
    }
    return used;
  }

  /** Sets up all parties; the result owns them. */
  Parties create(List<DesProgram> programs) {
    Parties parties = new Parties();
    try {
      PayloadArithmetic arithmetic = PayloadArithmetic.PLAIN;
      if (ckks != null) {
        arithmetic = parties.own(new CkksArithmetic(ckks, parameters));
        parties.useSums(parties.own(sums(programs)));
      }
      double[] weights = new double[gridCase.lines().size()];
      Arrays.fill(weights, UPSTREAM_WEIGHT);
      parties.useOperator(new GridOperator(weights, arithmetic, hooks));
      CloudService cloud =
          cloudSolvers == null
              ? null
              : hooks.cloud(parties.own(new Cloud(cloudSolvers, CLOUD_TOLERANCE)));
      Keys keys = ckks == null ? null : exchangeKeys(parties);
      Map<Line, Integer> index = new HashMap<>();
      for (Line line : gridCase.lines()) {
        index.put(line, index.size());
      }
      List<EdgeSystem> edges = pool.map(programs, program -> edge(program, index, keys, cloud));
      edges.forEach(parties::addEdge);
      return parties;
    } catch (RuntimeException | Error e) {
      parties.close();
      throw e;
    }
  }

  private SecureScalarSums sums(List<DesProgram> programs) {
    return new SecureScalarSums(programs.stream().map(DesProgram::nodeId).toList(), pool, hooks);
  }

  private EdgeSystem edge(
      DesProgram program, Map<Line, Integer> index, Keys keys, CloudService cloud) {
    List<LineEnd> ends = new ArrayList<>();
    for (Port port : program.ports()) {
      int line = index.get(port.line());
      boolean downstream = port.downstream();
      double weight = downstream ? 1 - UPSTREAM_WEIGHT : UPSTREAM_WEIGHT;
      BoundaryCodec codec =
          keys == null
              ? new BoundaryCodec.Plain(line, downstream, weight)
              : new CkksBoundaryCodec(
                  line,
                  downstream,
                  weight,
                  ckks,
                  keys.own(line, downstream),
                  keys.received(line, !downstream));
      ends.add(new LineEnd(line, port, codec, weight));
    }
    LocalProblem problem =
        cloud == null
            ? directProblem(program.program())
            : new MaskedLocalProblem(
                program.program(),
                cloud,
                maskSettings,
                new SecureRandom(),
                cloudSolvers.kernels(),
                settings.onBadAnswer(),
                solvers,
                CLOUD_TOLERANCE);
    return new EdgeSystem(program, problem, ends);
  }

  private LocalProblem directProblem(QuadraticProgram program) {
    QpSettings tolerance = hooks.localTolerance(localTolerance());
    QpSolver solver = solvers.setup(program, tolerance);
    if (newton(solvers.capabilities())) {
      return new DirectProblem(solver, null, "");
    }
    QpSolverFactory others = QpBackends.capableOf(PartyFactory::newton);
    return new DirectProblem(
        solver,
        () -> others.setup(program, tolerance.withMaxIterations(STAND_IN_ITERATIONS)),
        others.name());
  }

  private static boolean newton(QpCapabilities capabilities) {
    return capabilities.warmStart()
        && capabilities.ending() == QpCapabilities.Ending.BELOW_TOLERANCE;
  }

  private QpSettings localTolerance() {
    if (settings.algorithm() == Algorithm.PUBLISHED) {
      return PUBLISHED;
    }
    return accurate(solvers);
  }

  /** The tolerance of local solves in the accelerated consensus, for a backend. */
  static QpSettings accurate(QpSolverFactory backend) {
    return backend.capabilities().ending() == QpCapabilities.Ending.AT_TOLERANCE
        ? ACCURATE_SPLITTING
        : ACCURATE;
  }

  /** A key pair for each line end; the public halves go to the other ends through the operator. */
  private Keys exchangeKeys(Parties parties) {
    int lines = gridCase.lines().size();
    List<Integer> ends = IntStream.range(0, 2 * lines).boxed().toList();
    List<KeyPair> pairs = pool.map(ends, end -> ckks.generateKeys(parameters));
    // before anything can go wrong; the codecs that use them close them first
    pairs.forEach(parties::own);
    PublicKey[] received = new PublicKey[2 * lines];
    for (int end = 0; end < 2 * lines; end++) {
      int line = end / 2;
      boolean downstream = end % 2 == 1;
      PublicKey key = pairs.get(end).publicKey();
      Line of = gridCase.lines().get(line);
      int owner = downstream ? of.to() : of.from();
      int receiver = downstream ? of.from() : of.to();
      String name = "line " + of.from() + "-" + of.to() + ", key of node " + owner;
      try {
        hooks.fingerprint(name, "node " + owner, key.fingerprint().toString());
        received[end] =
            PublicKey.fromBytes(hooks.publicKey(line, downstream, key.toBytes()), parameters);
        hooks.fingerprint(name, "node " + receiver, received[end].fingerprint().toString());
      } catch (CkksException e) {
        throw new CkksException(
            e.reason(), "public key of line " + line + ": " + e.getMessage(), e);
      }
    }
    return new Keys(pairs, received);
  }

  /** Keys by line end: 2 · line for the upper end, and the next for the lower. */
  private record Keys(List<KeyPair> pairs, PublicKey[] receivedKeys) {
    KeyPair own(int line, boolean downstream) {
      return pairs.get(2 * line + (downstream ? 1 : 0));
    }

    PublicKey received(int line, boolean fromDownstream) {
      return receivedKeys[2 * line + (fromDownstream ? 1 : 0)];
    }
  }
}
