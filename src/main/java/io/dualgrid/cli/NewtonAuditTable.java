package io.dualgrid.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.audit.MessageCount;
import io.dualgrid.audit.NewtonAudit;
import io.dualgrid.audit.OperatorAttacks.Finding;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.results.Labels;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An audit of newton, as tables and as JSON. */
final class NewtonAuditTable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private NewtonAuditTable() {}

  static void print(NewtonAudit audit, PrintWriter text) {
    String reader = audit.sensitivities() == Sensitivities.ROOT ? "root" : "operator";
    text.printf(
        Locale.ROOT,
        "%s, %d steps, %d iterations recorded, newton, ckks privacy, sensitivities %s%n%n"
            + "What was received%n",
        audit.caseName(),
        audit.steps(),
        audit.iterations(),
        Labels.of(audit.sensitivities()));
    AuditCommand.printMessages(audit.messages(), text);

    text.printf("%nSums that the %s reads%n", reader);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("order", "rounds", "numbers", "what they say"));
    for (NewtonAudit.SumCount count : audit.sums()) {
      rows.add(
          List.of(
              count.order(),
              Long.toString(count.rounds()),
              Long.toString(count.numbers()),
              count.content()));
    }
    CompareCommand.printAligned(rows, text);

    text.printf("%nAttacks of the operator on the messages%n");
    AuditCommand.printFindings(audit.operator(), text);

    text.printf("%nAttacks of the %s on the sums%n", reader);
    AuditCommand.printFindings(audit.reader(), text);
    audit.reader().stream()
        .filter(Finding::leaks)
        .forEach(
            finding ->
                text.printf(
                    "  %s; %s: %s%n", finding.attack(), finding.assumed(), finding.detail()));

    text.printf("%nSuccess in %%, of blind guessing in brackets%n");
    AttackResult regression = audit.regression();
    CompareCommand.printAligned(
        List.of(
            List.of("attack", "assumes", "score", "verdict"),
            List.of(
                regression.attack(),
                regression.assumed(),
                AuditCommand.figures(regression),
                AuditCommand.verdict(regression.leaks()))),
        text);
    text.printf("%nVisible without any attack%n");
    audit.stillVisible().forEach(line -> text.println("  " + line));
    text.flush();
  }

  static ObjectNode toJson(NewtonAudit audit) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("case", audit.caseName());
    root.put("algorithm", "newton");
    root.put("sensitivities", Labels.of(audit.sensitivities()));
    root.put("steps", audit.steps());
    root.put("iterations", audit.iterations());
    for (MessageCount count : audit.messages()) {
      root.withArray("messages").add(MAPPER.valueToTree(count));
    }
    for (NewtonAudit.SumCount count : audit.sums()) {
      root.withArray("sums").add(MAPPER.valueToTree(count));
    }
    addFindings(root, "operatorAttacks", audit.operator());
    addFindings(root, "sumAttacks", audit.reader());
    ObjectNode regression = AuditCommand.toJson(audit.regression());
    regression.put("attack", audit.regression().attack());
    regression.put("assumed", audit.regression().assumed());
    root.set("regression", regression);
    audit.stillVisible().forEach(line -> root.withArray("visible").add(line));
    return root;
  }

  private static void addFindings(ObjectNode root, String name, List<Finding> findings) {
    for (Finding finding : findings) {
      ObjectNode node = MAPPER.valueToTree(finding);
      root.withArray(name).add(node.put("verdict", AuditCommand.verdict(finding.leaks())));
    }
  }
}
