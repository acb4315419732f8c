package io.dualgrid.audit;

import io.dualgrid.audit.OperatorAttacks.Finding;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An audit of newton: a recorded encrypted run, the same in the clear, and attacks on the one by
 * what is true in the other.
 *
 * @param caseName the case
 * @param iterations recorded
 * @param steps over the horizon
 * @param sensitivities who reads the sums
 * @param messages what the operator received and sent
 * @param sums what their reader learns, by the order that asks for it
 * @param operator attacks of the operator on messages
 * @param reader attacks of who reads the sums: the operator, or the root
 * @param regression of loads on the sums, by the same
 */
public record NewtonAudit(
    String caseName,
    int iterations,
    int steps,
    Sensitivities sensitivities,
    List<MessageCount> messages,
    List<SumCount> sums,
    List<Finding> operator,
    List<Finding> reader,
    AttackResult regression) {
  /** Sites with the largest parts that tell them, at most. */
  private static final int COLLUDING = 2;

  /**
   * Sums of one kind.
   *
   * @param order that asks for them
   * @param content what they say by the threat model
   * @param rounds how many there were
   * @param numbers in all of them
   */
  public record SumCount(String order, String content, long rounds, long numbers) {}

  /**
   * Runs, records and attacks.
   *
   * @param settings of newton, with encrypted messages
   */
  public static NewtonAudit of(GridCase gridCase, RunSettings settings) {
    SumRecorder hidden = new SumRecorder();
    DispatchEngine.run(gridCase, settings, RunObserver.NONE, hidden);
    return of(gridCase, settings, hidden, Set.of());
  }

  /**
   * Attacks what the operator of a run over the network has recorded.
   *
   * @param gridCase the case of the run, as its owner has it
   */
  public static NewtonAudit of(GridCase gridCase, NetworkEvidence recorded) {
    return of(
        gridCase, recorded.settings(), recorded.ofSums(gridCase), recorded.ownValues(gridCase));
  }

  private static NewtonAudit of(
      GridCase gridCase, RunSettings settings, SumRecorder hidden, Set<Double> ownValues) {
    SumRecorder open = new SumRecorder();
    RunResult truth =
        DispatchEngine.run(
            gridCase, settings.toBuilder().privacy(Privacy.NONE).build(), RunObserver.NONE, open);
    Set<Double> values = values(truth, open, settings.steps());
    values.addAll(ownValues);
    boolean atRoot = settings.sensitivities() == Sensitivities.ROOT;
    List<SumTotal> totals =
        (atRoot ? open : hidden)
            .sums().stream().flatMap(round -> SumTotal.read(round).stream()).toList();
    return new NewtonAudit(
        gridCase.name(),
        hidden.iterations(),
        settings.steps(),
        settings.sensitivities(),
        hidden.messages().counts(),
        counts(totals),
        operatorAttacks(hidden, values, settings),
        readerAttacks(open, root(gridCase)),
        new LoadRegression(totals, settings.steps()).attack(loads(truth)));
  }

  private static int root(GridCase gridCase) {
    return gridCase.nodes().stream()
        .map(GridCase.Node::id)
        .toList()
        .indexOf(gridCase.tree().root());
  }

  private static List<SumCount> counts(List<SumTotal> totals) {
    Map<MessageType, long[]> byOrder = new EnumMap<>(MessageType.class);
    for (SumTotal total : totals) {
      long[] count = byOrder.computeIfAbsent(total.order().type(), order -> new long[2]);
      count[0]++;
      count[1] += total.sums().length;
    }
    return byOrder.entrySet().stream()
        .map(
            entry ->
                new SumCount(
                    SumKinds.name(entry.getKey()),
                    SumKinds.listed(entry.getKey()).orElse("not in the threat model"),
                    entry.getValue()[0],
                    entry.getValue()[1]))
        .toList();
  }

  /** What no message may hold: the dispatch, and the injections of each site in each iteration. */
  private static Set<Double> values(RunResult truth, SumRecorder open, int steps) {
    Set<Double> values = new HashSet<>();
    truth.dispatch().forEach(series -> Arrays.stream(series.values()).forEach(values::add));
    SumAttacks.Parts.of(open.sums()).stream()
        .filter(parts -> parts.order() == MessageType.NEWTON_OPEN)
        .flatMap(parts -> Arrays.stream(parts.bySite()))
        .forEach(part -> Arrays.stream(part, 0, 2 * steps).forEach(values::add));
    return values;
  }

  private static List<double[]> loads(RunResult truth) {
    return truth.dispatch().stream()
        .filter(series -> series.device().equals("P_load") && series.quantity().equals("P"))
        .map(DispatchSeries::values)
        .filter(load -> Arrays.stream(load).distinct().count() > 1) // else a guess is right
        .toList();
  }

  private static List<Finding> operatorAttacks(
      SumRecorder hidden, Set<Double> values, RunSettings settings) {
    CkksParameters parameters = settings.ckksParameters().parameters();
    MessageRecorder messages = hidden.messages();
    List<Finding> findings = new ArrayList<>();
    findings.add(OperatorAttacks.repetitions(messages.boundaryMessages(), parameters));
    findings.add(OperatorAttacks.repeatedContributions(messages.contributions()));
    findings.add(OperatorAttacks.readableSums(messages.treeNumbers()));
    findings.add(OperatorAttacks.plaintexts(messages.allMessages(), values, parameters));
    Set<MessageType> received = new HashSet<>(hidden.toOperator());
    received.removeAll(SumKinds.messages(settings.sensitivities()));
    long unlisted =
        hidden.sums().stream().filter(round -> SumKinds.listed(round.type()).isEmpty()).count();
    findings.add(
        none(
            "messages and sums beyond the threat model",
            received.size() + unlisted,
            hidden.toOperator().size() + " kinds of messages, " + hidden.sums().size() + " sums"));
    if (settings.sensitivities() == Sensitivities.ROOT) {
      long read = hidden.sums().stream().filter(round -> SumTotal.read(round).isPresent()).count();
      findings.add(none("sums that come out", read, hidden.sums().size() + " rounds added up"));
    }
    findings.add(
        none(
            "copies and sums of lines sent to sites that are not at them",
            hidden.foreign(),
            "so a site learns no voltage but its own and its neighbours'"));
    findings.add(
        none("orders that one site alone is given", hidden.differentOrders(), "all are compared"));
    return findings;
  }

  private static Finding none(String attack, long found, String detail) {
    return new Finding(attack, "nothing but the messages", found, 0.0, 0, detail);
  }

  private static List<Finding> readerAttacks(SumRecorder open, int root) {
    List<SumAttacks.Parts> sums = SumAttacks.Parts.of(open.sums());
    List<SumAttacks.Parts> changes = SumAttacks.changes(sums);
    List<Finding> findings = new ArrayList<>();
    for (int colluding = 0; colluding <= COLLUDING; colluding++) {
      String assumed =
          colluding == 0 ? "the sums" : "the sums, and the parts of " + colluding + " of the sites";
      findings.add(
          SumAttacks.ofOneSite("sums that are one site's, to 1 %", assumed, sums, root, colluding));
      findings.add(
          SumAttacks.ofOneSite(
              "changes of sums that are one site's, to 1 %", assumed, changes, root, colluding));
    }
    return findings;
  }

  /** What is visible without any attack, in words. */
  public List<String> stillVisible() {
    List<String> lines = new ArrayList<>();
    lines.add("operator: topology, number, time and length of messages, public keys");
    lines.add(
        "operator: prices, steps and targets, and which node is near which limit at which step");
    lines.add(
        sensitivities == Sensitivities.ROOT
            ? "root: secure sums over all energy systems"
            : "operator: secure sums over all energy systems");
    lines.add("sites: prices of all nodes, and which node is near which limit");
    return lines;
  }
}
