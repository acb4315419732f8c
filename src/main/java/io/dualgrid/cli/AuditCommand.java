package io.dualgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.audit.Audit;
import io.dualgrid.audit.MessageCount;
import io.dualgrid.audit.NetworkEvidence;
import io.dualgrid.audit.NewtonAudit;
import io.dualgrid.audit.OperatorAttacks;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dualgrid audit}. */
@Command(
    name = "audit",
    description = "Records what operator and cloud receive in a private run, and attacks it.",
    footer = {
      "",
      "Examples:",
      "  dualgrid audit 6-bus",
      "  dualgrid audit 6-bus --algorithm newton",
      "  dualgrid up 6-bus --max-iterations 5 --record seen && dualgrid audit 6-bus --network seen",
      "  dualgrid audit yingkou-60 --iterations 3 --steps 8 --out results/audit"
    })
final class AuditCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final int ITERATIONS = 5;

  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private CaseArgument caseArgument;

  @Option(
      names = "--algorithm",
      paramLabel = "ALGORITHM",
      defaultValue = "accelerated",
      completionCandidates = Choices.Algorithms.class,
      description =
          "What to audit: accelerated, with masked programs and a cloud, or newton, with the sums"
              + " that it shows (default: ${DEFAULT-VALUE}).")
  private Algorithm algorithm;

  @Option(
      names = "--sensitivities",
      paramLabel = "WHICH",
      defaultValue = "blocks",
      completionCandidates = Choices.SensitivityChoices.class,
      description = "Who reads what of newton's sums (default: ${DEFAULT-VALUE}).")
  private Sensitivities sensitivities;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iterations to record (default: 5, and with newton to the end).")
  private Integer iterations;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "24",
      description =
          "Time steps over the horizon; must divide the rows of the profiles (default:"
              + " ${DEFAULT-VALUE}). The attacks take time as its cube.")
  private int steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for audit.json; made if need be.")
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "DIR",
      description =
          "Audit what operator, cloud and sites of a run over the network have recorded there"
              + " (--record), instead of a run in this process. Algorithm, steps and iterations are"
              + " those of that run.")
  private Path network;

  @Option(names = "--json", description = "Print audit.json instead of tables.")
  private boolean json;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    GridCase gridCase = caseArgument.read(terminal.err());
    caseArgument.requireDivides(gridCase, steps);
    if (iterations != null) {
      Counts.requirePositive(spec, "--iterations", iterations);
    }
    if (algorithm == Algorithm.PUBLISHED) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "audit has attacks for --algorithm accelerated and newton; the published one shows"
              + " operator and cloud less than accelerated does");
    }
    ResultFolder folder = out == null ? null : ResultFolder.open(out);
    if (network != null) {
      return auditNetwork(gridCase, folder);
    }
    if (algorithm == Algorithm.NEWTON) {
      tell(folder, NewtonAudit.of(gridCase, settings(Privacy.CKKS)));
    } else {
      tell(folder, Audit.of(gridCase, settings(Privacy.DUAL)));
    }
    return ExitCode.OK;
  }

  private int auditNetwork(GridCase gridCase, ResultFolder folder) throws JsonProcessingException {
    for (String given : List.of("--algorithm", "--sensitivities", "--iterations", "--steps")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(given)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), given + " is that of the recorded run; leave it out");
      }
    }
    NetworkEvidence recorded = NetworkEvidence.in(network);
    Algorithm of = recorded.settings().algorithm();
    Privacy privacy = recorded.settings().privacy();
    if (of == Algorithm.NEWTON && privacy == Privacy.CKKS) {
      tell(folder, NewtonAudit.of(gridCase, recorded));
    } else if (of == Algorithm.ACCELERATED && privacy == Privacy.DUAL) {
      tell(folder, Audit.of(gridCase, recorded));
    } else {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          network
              + ": is of a run with --algorithm "
              + Labels.of(of)
              + " --privacy "
              + Labels.of(privacy)
              + "; audit has attacks for accelerated with dual, and for newton with ckks");
    }
    recorded.notices().forEach(notice -> terminal.err().println("notice: " + notice));
    return ExitCode.OK;
  }

  private void tell(ResultFolder folder, NewtonAudit audit) throws JsonProcessingException {
    tell(
        folder,
        NewtonAuditTable.toJson(audit),
        () -> NewtonAuditTable.print(audit, terminal.out()));
  }

  private void tell(ResultFolder folder, Audit audit) throws JsonProcessingException {
    tell(folder, toJson(audit), () -> print(audit));
  }

  private RunSettings settings(Privacy privacy) {
    RunSettings.Builder settings =
        RunSettings.builder()
            .privacy(privacy)
            .algorithm(algorithm)
            .sensitivities(sensitivities)
            .steps(steps)
            .sampling(caseArgument.usualSampling());
    if (iterations != null || algorithm != Algorithm.NEWTON) {
      settings.maxIterations(iterations == null ? ITERATIONS : iterations);
    }
    return settings.build();
  }

  private void tell(ResultFolder folder, ObjectNode audit, Runnable tables)
      throws JsonProcessingException {
    String text = MAPPER.writeValueAsString(audit) + "\n";
    if (folder != null) {
      folder.write("audit.json", text.getBytes(StandardCharsets.UTF_8));
    }
    if (json) {
      terminal.out().print(text);
      terminal.out().flush();
      return;
    }
    tables.run();
    if (folder != null) {
      terminal.out().println("written: " + folder.path().resolve("audit.json"));
    }
  }

  private void print(Audit audit) {
    PrintWriter text = terminal.out();
    text.printf(
        Locale.ROOT,
        "%s, %d steps, %d iterations recorded, dual privacy%n%nWhat was received%n",
        audit.caseName(),
        audit.steps(),
        audit.iterations());
    printMessages(audit.messages(), text);

    text.printf("%nAttacks of the operator on the encrypted messages%n");
    printFindings(audit.operator(), text);

    text.printf(
        "%nAttacks of the cloud: success in %%, of blind guessing in brackets%n"
            + "(the first two on all masks of the recorded run, the others on masks of node %d)%n",
        audit.attackedNode());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("attack", "assumes", "published", "", "hardened", ""));
    List<AttackResult> published = audit.publishedAttacks();
    List<AttackResult> hardened = audit.hardenedAttacks();
    for (int i = 0; i < published.size(); i++) {
      AttackResult plain = published.get(i);
      AttackResult hard = hardened.get(i);
      rows.add(
          List.of(
              plain.attack(),
              plain.assumed(),
              figures(plain),
              verdict(plain.leaks()),
              figures(hard),
              verdict(hard.leaks())));
    }
    CompareCommand.printAligned(rows, text);
    new ReadingsTable(audit).print(text);
    text.printf("%nVisible without any attack%n");
    audit.stillVisible().forEach(line -> text.println("  " + line));
    text.printf(
        "%n\"leaks\": better than blind guessing by more than chance explains, but for one case in"
            + " a million.%n");
    text.flush();
  }

  static void printMessages(List<MessageCount> messages, PrintWriter text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("by", "kind", "count", "kB", "content"));
    for (MessageCount count : messages) {
      rows.add(
          List.of(
              count.receiver(),
              count.kind(),
              Long.toString(count.count()),
              Long.toString(Math.round(count.bytes() / 1e3)),
              count.content()));
    }
    CompareCommand.printAligned(rows, text);
  }

  static void printFindings(List<OperatorAttacks.Finding> findings, PrintWriter text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("attack", "assumes", "found", "by chance", "verdict"));
    for (OperatorAttacks.Finding finding : findings) {
      rows.add(
          List.of(
              finding.attack(),
              finding.assumed(),
              Long.toString(finding.found()),
              String.format(Locale.ROOT, "%.2g, at most %d", finding.expected(), finding.bound()),
              verdict(finding.leaks())));
    }
    CompareCommand.printAligned(rows, text);
  }

  static String figures(AttackResult result) {
    return String.format(
        Locale.ROOT,
        "%3.0f (%.0f to %.0f)",
        100 * result.score(),
        100 * Math.max(0.0, 2 * result.chance() - result.bound()),
        100 * result.bound());
  }

  static String verdict(boolean leaks) {
    return leaks ? "leaks" : "holds";
  }

  private static ObjectNode toJson(Audit audit) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("case", audit.caseName());
    root.put("steps", audit.steps());
    root.put("iterations", audit.iterations());
    for (MessageCount count : audit.messages()) {
      root.withArray("messages").add(MAPPER.valueToTree(count));
    }
    for (OperatorAttacks.Finding finding : audit.operator()) {
      ObjectNode node = MAPPER.valueToTree(finding);
      root.withArray("operatorAttacks").add(node.put("verdict", verdict(finding.leaks())));
    }
    root.put("attackedNode", audit.attackedNode());
    List<AttackResult> published = audit.publishedAttacks();
    List<AttackResult> hardened = audit.hardenedAttacks();
    for (int i = 0; i < published.size(); i++) {
      AttackResult plain = published.get(i);
      ObjectNode node = root.withArray("cloudAttacks").addObject();
      node.put("attack", plain.attack());
      node.put("assumed", plain.assumed());
      node.set("published", toJson(plain));
      node.set("hardened", toJson(hardened.get(i)));
    }
    ObjectNode readings = root.putObject("readings");
    readings.set("published", MAPPER.valueToTree(audit.publishedReadings()));
    readings.set("hardened", MAPPER.valueToTree(audit.hardenedReadings()));
    ObjectNode visible = root.putObject("visible");
    visible.set("published", MAPPER.valueToTree(audit.published().visible()));
    visible.set("hardened", MAPPER.valueToTree(audit.hardened().visible()));
    audit.stillVisible().forEach(line -> visible.withArray("inWords").add(line));
    return root;
  }

  static ObjectNode toJson(AttackResult result) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("score", result.score());
    node.put("chance", result.chance());
    node.put("chanceUpper", result.bound());
    node.put("verdict", verdict(result.leaks()));
    node.put("detail", result.detail());
    return node;
  }
}
