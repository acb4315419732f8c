package io.dualgrid.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.Sampling;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.Step;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The summary of a run as JSON; figures that are not known are left out. */
final class Summary implements FileContent {
  static final String NAME = "summary.json";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ObjectNode root;

  private Summary(ObjectNode root) {
    this.root = root;
  }

  /**
   * Of a decentralised run.
   *
   * @param result its outcome
   * @param figures told besides
   * @param answers of the dispatch
   */
  static Summary of(RunResult result, RunFigures figures, Answers answers) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("case", result.caseName());
    putOrigin(root);
    answers.putCurrency(root);
    root.put("status", Labels.of(result.status()));
    root.put("iterations", result.iterations());
    if (result.resumedFrom() > 0) {
      root.put("resumedFrom", result.resumedFrom());
    }
    putFinite(root, "totalCost", result.totalCost());
    putFinite(root, "optimalCost", figures.optimalCost());
    putFinite(
        root,
        "objectiveGap",
        OptimalityGap.of(result.totalCost(), figures.optimalCost(), result.moneyUnit()));
    putFinite(root, "lowerBound", result.lowerBound());
    putFinite(
        root,
        "certifiedGap",
        OptimalityGap.of(result.totalCost(), result.lowerBound(), result.moneyUnit()));
    putFinite(root, "statesLowerBound", result.statesLowerBound());
    putFinite(
        root,
        "statesGap",
        OptimalityGap.of(result.totalCost(), result.statesLowerBound(), result.moneyUnit()));
    putFinite(root, "primalResidual", result.primalResidual());
    putFinite(root, "dualResidual", result.dualResidual());
    putFinite(root, "maxVoltageMismatchPu", result.maxVoltageMismatchPu());
    putFinite(root, "voltageMinPu", result.voltageMinPu());
    putFinite(root, "voltageMaxPu", result.voltageMaxPu());
    putFinite(root, "setupSeconds", result.setupSeconds());
    putFinite(root, "solveSeconds", result.solveSeconds());
    if (result.iterations() > 0) {
      putFinite(root, "secondsPerIteration", result.solveSeconds() / result.iterations());
    }
    ObjectNode steps = root.putObject("stepSeconds");
    for (Step step : Step.values()) {
      double seconds = 0.0;
      for (IterationRecord row : result.history()) {
        seconds += row.stepSeconds().getOrDefault(step, 0.0);
      }
      steps.put(step.label(), seconds);
    }
    putMemory(root, figures.memory());
    root.put("privacy", Labels.of(result.settings().privacy()));
    root.put("algorithm", Labels.of(result.settings().algorithm()));
    root.put("stopping", Labels.of(result.settings().stopping()));
    ObjectNode backends = root.putObject("backends");
    result
        .backends()
        .forEach(
            (role, backend) ->
                backends
                    .putObject(role)
                    .put("name", backend.name())
                    .put("version", backend.version()));
    putSettings(root.putObject("settings"), result.settings());
    answers.putInto(root);
    putFlow(root, figures.flow());
    figures.margin().ifPresent(margin -> margin.putInto(root.putObject("voltageMargin")));
    ArrayNode notices = root.putArray("notices");
    result.notices().forEach(notices::add);
    figures.margin().map(MarginFigures::notices).ifPresent(told -> told.forEach(notices::add));
    figures.flow().map(AcFigures::notices).ifPresent(told -> told.forEach(notices::add));
    answers.assumed().notice().ifPresent(notices::add);
    ObjectNode visibility = root.putObject("visibility");
    result.visibility().forEach(visibility::put);
    return new Summary(root);
  }

  /** Of a central solve. */
  static Summary of(
      CentralResult result,
      Sampling sampling,
      PeakMemory memory,
      Optional<FlowStudy> flow,
      Answers answers) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("case", result.caseName());
    putOrigin(root);
    answers.putCurrency(root);
    root.put("status", result.status());
    root.put("solved", result.solved());
    root.put("iterations", result.iterations());
    putFinite(root, "totalCost", result.totalCost());
    root.put("variables", result.variables());
    root.put("rows", result.rows());
    putFinite(root, "solveSeconds", result.seconds());
    putMemory(root, memory);
    root.put("solver", result.solver());
    root.putObject("settings").put("steps", result.steps()).put("sampling", Labels.of(sampling));
    answers.putInto(root);
    putFlow(root, flow);
    List<String> notices = new ArrayList<>(result.notices());
    flow.map(AcFigures::notices).ifPresent(notices::addAll);
    answers.assumed().notice().ifPresent(notices::add);
    if (!notices.isEmpty()) {
      notices.forEach(root.putArray("notices")::add);
    }
    return new Summary(root);
  }

  private static void putSettings(ObjectNode node, RunSettings settings) {
    node.put("privacy", Labels.of(settings.privacy()));
    node.put("qp", settings.qpBackend());
    node.put("ckks", settings.ckksBackend());
    node.put("ckksParameters", Labels.of(settings.ckksParameters()));
    node.put("mask", Labels.of(settings.mask()));
    node.put("maskLifetime", settings.maskLifetime());
    node.put("steps", settings.steps());
    node.put("sampling", Labels.of(settings.sampling()));
    node.put("stopping", Labels.of(settings.stopping()));
    node.put("algorithm", Labels.of(settings.algorithm()));
    node.put("maxIterations", settings.maxIterations());
    node.put("threads", settings.threads());
    node.put("onBadAnswer", Labels.of(settings.onBadAnswer()));
    node.put("gapTolerance", settings.gapTolerance());
    node.put("sensitivities", Labels.of(settings.sensitivities()));
    node.put("allowExposedSums", settings.allowExposedSums());
    node.put("voltageForm", Labels.of(settings.voltageForm()));
  }

  private static void putFlow(ObjectNode root, Optional<FlowStudy> flow) {
    flow.ifPresent(study -> AcFigures.putInto(root.putObject("ac"), study));
  }

  // What wrote the file, and when; outside a jar a program has no version.
  private static void putOrigin(ObjectNode node) {
    String version = Summary.class.getPackage().getImplementationVersion();
    node.put("program", version == null ? "dualgrid" : "dualgrid " + version);
    node.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static void putMemory(ObjectNode node, PeakMemory memory) {
    putFinite(node, "peakMemoryMb", memory.megabytes());
    node.put("peakMemoryMeasure", memory.measure());
  }

  // JSON has no word for infinity or for what is not a number.
  private static void putFinite(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    out.write(MAPPER.writeValueAsString(root).replace("\r\n", "\n"));
    out.write('\n');
  }
}
