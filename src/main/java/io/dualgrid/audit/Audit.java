package io.dualgrid.audit;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.attack.AttackResult;
import io.dualgrid.mask.attack.MaskAudit;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * An audit of a case: a recorded run, and attacks on it.
 *
 * @param caseName the case
 * @param iterations recorded
 * @param steps over the horizon
 * @param messages what operator and cloud received and sent
 * @param operator attacks of the operator
 * @param publishedReadings what the cloud reads of the masks of the same run under the published
 *     mask, knowing no parameter
 * @param hardenedReadings the same of the masks of the recorded run, under the hardened mask
 * @param attackedNode the node of which further masks were drawn and attacked
 * @param published attacks of the cloud on the published mask
 * @param hardened the same on the hardened mask
 */
public record Audit(
    String caseName,
    int iterations,
    int steps,
    List<MessageCount> messages,
    List<OperatorAttacks.Finding> operator,
    MaskReadings publishedReadings,
    MaskReadings hardenedReadings,
    int attackedNode,
    MaskAudit.Outcome published,
    MaskAudit.Outcome hardened) {
  /** Masks to learn from, and as many to attack. */
  private static final int MASKS = 3;

  /**
   * Runs, records and attacks.
   *
   * @param settings of the recorded run, its limit of iterations included
   */
  public static Audit of(GridCase gridCase, RunSettings settings) {
    return of(gridCase, settings, Evidence.ofRun(gridCase, settings));
  }

  /**
   * Attacks what parties of a run over the network have recorded.
   *
   * @param gridCase the case of the run, as its owner has it
   */
  public static Audit of(GridCase gridCase, NetworkEvidence recorded) {
    return of(gridCase, recorded.settings(), recorded.ofProgramsAndMessages(gridCase));
  }

  private static Audit of(GridCase gridCase, RunSettings settings, Evidence recorded) {
    MessageRecorder recorder = recorded.messages();
    CkksParameters parameters = settings.ckksParameters().parameters();
    List<OperatorAttacks.Finding> operator =
        List.of(
            OperatorAttacks.repetitions(recorder.boundaryMessages(), parameters),
            OperatorAttacks.repeatedContributions(recorder.contributions()),
            OperatorAttacks.readableSums(recorder.treeNumbers()),
            OperatorAttacks.plaintexts(recorder.allMessages(), recorded.values(), parameters));
    Horizon horizon = gridCase.horizon(settings.steps(), settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    Evidence published =
        Evidence.ofRun(
            gridCase,
            settings.toBuilder()
                .ckksParameters(settings.ckksParameters())
                .mask(MaskKind.PUBLISHED)
                .maxIterations(recorded.iterations())
                .build());
    int node = richestNode(gridCase);
    DesProgram attacked =
        programs.stream().filter(des -> des.nodeId() == node).findFirst().orElseThrow();
    MaskAudit attacks = new MaskAudit(attacked);
    return new Audit(
        gridCase.name(),
        recorded.iterations(),
        settings.steps(),
        recorder.counts(),
        operator,
        MaskReadings.of(published.masks(), programs, published.solutions()),
        MaskReadings.of(recorded.masks(), programs, recorded.solutions()),
        node,
        attacks.attack(MaskSettings.PUBLISHED, MASKS),
        attacks.attack(MaskSettings.HARDENED, MASKS));
  }

  /** The node with most devices, one with a battery or CHP before others. */
  private static int richestNode(GridCase gridCase) {
    int best = -1;
    int node = 0;
    for (Node candidate : gridCase.nodes()) {
      int score = candidate.devices().size();
      for (DeviceSpec device : candidate.devices()) {
        score += device instanceof Battery || device instanceof CombinedHeatPower ? 100 : 0;
      }
      if (score > best) {
        best = score;
        node = candidate.id();
      }
    }
    return node;
  }

  /** All attacks on the published mask, those on recorded masks first. */
  public List<AttackResult> publishedAttacks() {
    return attacks(publishedReadings, published);
  }

  /** All attacks on the hardened mask, in the same order. */
  public List<AttackResult> hardenedAttacks() {
    return attacks(hardenedReadings, hardened);
  }

  private static List<AttackResult> attacks(MaskReadings recorded, MaskAudit.Outcome drawn) {
    List<AttackResult> all = new ArrayList<>();
    all.add(recorded.withoutParameters());
    all.add(recorded.withNameplate());
    all.addAll(drawn.attacks());
    return all;
  }

  /** What is visible without any attack, in words and numbers. */
  public List<String> stillVisible() {
    List<String> lines = new ArrayList<>();
    MaskAudit.Visible hard = hardened.visible();
    MaskAudit.Visible plain = published.visible();
    lines.add("cloud: free dimension " + hard.dimension() + ", exactly, under either mask");
    lines.add(
        "cloud: "
            + hard.rows()
            + " and "
            + hard.otherRows()
            + " rows in two hardened masks, padding included; "
            + plain.rows()
            + " exactly under the published one");
    lines.add(
        "cloud: "
            + hard.parallelPairs()
            + " pairs of parallel rows in a hardened mask, "
            + plain.parallelPairs()
            + " in a published one");
    lines.add("cloud: that it serves one energy system, how often, and when");
    lines.add("operator: topology, number, time and length of messages, public keys");
    lines.add("operator: secure sums over all energy systems, or those at even or odd depths");
    return lines;
  }
}
