package io.dualgrid.run;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.cloud.CloudRoom;
import io.dualgrid.cloud.CloudService;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.PriceBundle;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DesProgram;
import io.dualgrid.edge.CloudClient;
import io.dualgrid.edge.DirectProblem;
import io.dualgrid.edge.EdgeConfig;
import io.dualgrid.edge.EdgeCredentials;
import io.dualgrid.edge.LocalProblem;
import io.dualgrid.edge.MaskedLocalProblem;
import io.dualgrid.edge.NewtonConfig;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.operator.Operator;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.RunId;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.NewtonKernels;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.DenseBackends;
import io.dualgrid.qp.dense.DenseSolverFactory;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import io.dualgrid.site.GridCase.Node;
import io.dualgrid.steering.SteeredFeeder;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Chooses the backends that settings ask for, and sets each party up with them: what a run in one
 * process and parties in processes of their own have in common.
 */
public final class PartySetup {
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

  private final RunSettings settings;
  private final RunHooks hooks;
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
  public PartySetup(RunSettings settings, RunHooks hooks) {
    this.settings = settings;
    this.hooks = hooks;
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
    parameters = settings.ckksParameters().parameters();
    maskSettings = MaskSettings.of(settings.mask()).withLifetime(settings.maskLifetime());
  }

  /** Name and version of each backend in use, by role. */
  public Map<String, RunResult.Backend> backends() {
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

  /**
   * What an energy system is set up with.
   *
   * @param feeder the public feeder with its prices
   * @param edge its number
   * @param site its node with its devices
   * @param limits of the network
   * @param program of the site, without any penalty
   * @param credentials null where messages are in the clear
   * @param cloud where masked programs are solved; null where none are
   */
  public EdgeConfig config(
      SteeredFeeder feeder,
      int edge,
      Node site,
      NetworkLimits limits,
      DesProgram program,
      EdgeCredentials credentials,
      CloudLink cloud) {
    OnOffSupport.require("node " + site.id(), List.of(site), settings);
    return new EdgeConfig(
        site,
        limits,
        program,
        settings.algorithm(),
        settings.stopping(),
        ckks,
        parameters,
        credentials,
        new NewtonConfig(
            feeder.paths(),
            edge,
            settings.sensitivities() == Sensitivities.FULL,
            NewtonKernels.besides(solvers.name()),
            kept(edge),
            steering(feeder, edge)),
        BoundingSolvers.besides(solvers),
        () -> hooks.localProblem(edge, problem(program.program(), cloud)));
  }

  /** What the root solves for prices with, where it is the root that does. */
  private Optional<NewtonConfig.Steering> steering(SteeredFeeder feeder, int edge) {
    boolean here =
        settings.algorithm() == Algorithm.NEWTON
            && settings.sensitivities() == Sensitivities.ROOT
            && edge == feeder.root();
    return here
        ? Optional.of(
            new NewtonConfig.Steering(
                feeder, new NewtonSettings(settings.gapTolerance(), false), hooks.start()))
        : Optional.empty();
  }

  /** Its own limits that were near on the day before. */
  private Set<RowPlace> kept(int edge) {
    return hooks.start().stream()
        .flatMap(start -> start.places().stream())
        .filter(place -> place.node() == edge)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What the operator and all energy systems have agreed on. */
  public Operator.Agreement agreement(RunId run, int epoch) {
    return new Operator.Agreement(
        settings.algorithm(),
        settings.stopping(),
        settings.gapTolerance(),
        settings.sensitivities(),
        hooks.start(),
        ckks == null ? null : () -> ckks.evaluator(parameters),
        parameters,
        settings.allowExposedSums(),
        () -> new PriceBundle(BoundingSolvers.besides(solvers)),
        run,
        epoch);
  }

  /** A cloud of this process alone; for settings that mask programs. */
  public CloudService cloud(Executor executor) {
    return cloud(executor, new CloudRoom(Long.MAX_VALUE));
  }

  /**
   * A cloud for anybody.
   *
   * @param room for programs, which it may share with others
   */
  public CloudService cloud(Executor executor, CloudRoom room) {
    return new CloudService(cloudSolvers, CLOUD_TOLERANCE, executor, room);
  }

  private LocalProblem problem(QuadraticProgram program, CloudLink link) {
    if (!settings.privacy().masksPrograms()) {
      return directProblem(program);
    }
    SecureRandom random = new SecureRandom();
    return new MaskedLocalProblem(
        program,
        new CloudClient(link, random, hooks.cloudDeadlineMillis()),
        maskSettings,
        random,
        cloudSolvers.kernels(),
        settings.onBadAnswer() == BadAnswerPolicy.STOP,
        solvers,
        CLOUD_TOLERANCE);
  }

  private LocalProblem directProblem(QuadraticProgram program) {
    QpSettings tolerance = hooks.localTolerance(localTolerance());
    QpSolver solver = solvers.setup(program, tolerance);
    if (newton(solvers.capabilities())) {
      return new DirectProblem(solver, null, "");
    }
    QpSolverFactory others = QpBackends.capableOf(PartySetup::newton);
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
}
