package io.dualgrid.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.feeder.Line;
import io.dualgrid.powerflow.BrokenLimit;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.powerflow.FlowStudy.Extreme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The key figures of the AC power flow of a dispatch, for programs and for people. */
public final class AcFigures {
  private static final int SHOWN_STEPS = 5;

  private AcFigures() {}

  /** Puts them into an object of the summary. */
  static void putInto(ObjectNode node, FlowStudy study) {
    node.put("steps", study.steps().size());
    ArrayNode unsolved = node.putArray("stepsNotConverged");
    study.unsolvedSteps().forEach(unsolved::add);
    if (study.isUnsolved()) {
      return;
    }
    node.put("lossesKwh", study.lossesKwh());
    putVoltage(node.putObject("voltageMin"), study, study.lowestVoltage());
    putVoltage(node.putObject("voltageMax"), study, study.highestVoltage());
    putVoltage(node.putObject("largestError"), study, study.largestError());
    Extreme loading = study.largestLoading();
    if (loading.value() > 0) {
      node.putObject("largestLoading")
          .put("share", loading.value())
          .put("line", name(study.line(loading.node())))
          .put("step", loading.step());
    }
    ArrayNode broken = node.putArray("limitsBroken");
    for (BrokenLimit limit : BrokenLimit.of(study)) {
      boolean rating = limit.kind() == BrokenLimit.Kind.RATING;
      ObjectNode entry = broken.addObject();
      entry.put("limit", field(limit.kind()));
      entry.put(rating ? "limitKva" : "limitPu", limit.limit());
      entry.put(rating ? "valueKva" : "valuePu", limit.value());
      putPlace(entry, study, limit);
      entry.put("step", limit.worst().step());
      entry.put("places", limit.places());
      entry.put("times", limit.times());
    }
  }

  /** What a person should know: limits broken in AC, steps without a flow. */
  public static List<String> notices(FlowStudy study) {
    List<String> notices = new ArrayList<>();
    List<Integer> unsolved = study.unsolvedSteps();
    if (!unsolved.isEmpty()) {
      notices.add(
          "the AC power flow of "
              + (unsolved.size() == 1 ? "step " : unsolved.size() + " steps (")
              + unsolved.stream()
                  .limit(SHOWN_STEPS)
                  .map(String::valueOf)
                  .collect(Collectors.joining(", "))
              + (unsolved.size() > SHOWN_STEPS ? ", …" : "")
              + (unsolved.size() == 1 ? "" : ")")
              + " does not converge: the feeder cannot carry that dispatch");
    }
    for (BrokenLimit limit : study.isUnsolved() ? List.<BrokenLimit>of() : BrokenLimit.of(study)) {
      notices.add(sentence(study, limit));
    }
    return notices;
  }

  private static String sentence(FlowStudy study, BrokenLimit limit) {
    boolean rating = limit.kind() == BrokenLimit.Kind.RATING;
    String places = limit.places() == 1 ? (rating ? "line" : "node") : rating ? "lines" : "nodes";
    Extreme worst = limit.worst();
    String where =
        rating ? "line " + name(study.line(worst.node())) : "node " + study.nodeId(worst.node());
    return String.format(
        Locale.ROOT,
        rating
            ? "in AC, %d %s beyond the rating, at %d times; worst %.1f kVA of %.1f at %s, step %d"
            : "in AC, voltages of %d %s break the limits at %d times; worst %.4f p.u. for "
                + field(limit.kind())
                + " %.4f at %s, step %d",
        limit.places(),
        places,
        limit.times(),
        limit.value(),
        limit.limit(),
        where,
        worst.step());
  }

  private static void putVoltage(ObjectNode node, FlowStudy study, Extreme extreme) {
    node.put("pu", extreme.value());
    node.put("node", study.nodeId(extreme.node()));
    node.put("step", extreme.step());
  }

  private static void putPlace(ObjectNode entry, FlowStudy study, BrokenLimit limit) {
    if (limit.kind() == BrokenLimit.Kind.RATING) {
      entry.put("line", name(study.line(limit.worst().node())));
    } else {
      entry.put("node", study.nodeId(limit.worst().node()));
    }
  }

  private static String field(BrokenLimit.Kind kind) {
    return switch (kind) {
      case VOLTAGE_LOW -> "voltageMinPu";
      case VOLTAGE_HIGH -> "voltageMaxPu";
      case RATING -> "ratingKva";
    };
  }

  private static String name(Line line) {
    return line.from() + "-" + line.to();
  }
}
