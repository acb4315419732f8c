package io.dualgrid.audit;

import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.recording.Recording;
import io.dualgrid.recording.RecordingEntry;
import io.dualgrid.recording.RecordingEntry.Kind;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What real parties of a run over the network have received and sent: recordings of an operator, of
 * the cloud where there was one, and of the sites, whose own values everything is held against.
 */
public final class NetworkEvidence {
  private final Path folder;
  private final List<Recording> recordings;
  private final RecordingHeader operator;
  private final List<String> notices = new ArrayList<>();

  private NetworkEvidence(Path folder, List<Recording> recordings, RecordingHeader operator) {
    this.folder = folder;
    this.recordings = recordings;
    this.operator = operator;
  }

  /**
   * Looks at the recordings in a folder.
   *
   * @throws CaseException when no operator's is among them, or they are of several runs
   */
  public static NetworkEvidence in(Path folder) {
    List<Recording> recordings = Recording.in(folder);
    List<RecordingHeader> ofRun =
        recordings.stream()
            .map(Recording::header)
            .filter(header -> !header.party().equals(RecordingHeader.CLOUD))
            .toList();
    if (ofRun.stream().map(RecordingHeader::run).distinct().count() > 1) {
      throw problem(
          folder.toString(), "holds recordings of several runs", "keep those of one run there");
    }
    return new NetworkEvidence(
        folder,
        recordings,
        ofRun.stream()
            .filter(header -> header.party().equals(RecordingHeader.OPERATOR))
            .findFirst()
            .orElseThrow(
                () ->
                    problem(
                        folder.toString(),
                        "holds no recording of an operator",
                        "start the operator with --record, or try: dualgrid up CASE --record DIR")));
  }

  private static CaseException problem(String file, String what, String remedy) {
    return new CaseException(file, List.of(new CaseProblem(file, "", "", "", what, remedy)));
  }

  /** Settings of the recorded run. */
  public RunSettings settings() {
    return operator.settings();
  }

  /** What a reader should know of the recordings, once they have been read. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  private void requireOf(GridCase gridCase) {
    if (!operator.feeder().equals(gridCase.name())) {
      throw problem(
          folder.toString(),
          "is of " + operator.feeder() + ", not of " + gridCase.name(),
          "name the case that the run was of");
    }
  }

  /** Of a run with masked programs. */
  Evidence ofProgramsAndMessages(GridCase gridCase) {
    requireOf(gridCase);
    Truth truth = truth(gridCase);
    if (!truth.silent().isEmpty()) {
      throw problem(
          folder.toString(),
          "holds no recordings of the sites at nodes " + truth.silent(),
          "start each site with --record: what was seen is held against what is true");
    }
    MessageRecorder messages = new MessageRecorder();
    int[] iterations = {0};
    boolean cloud = false;
    for (Recording recording : recordings) {
      if (recording.header().party().equals(RecordingHeader.OPERATOR)) {
        read(
            recording,
            entry -> {
              iterations[0] =
                  Math.max(iterations[0], letter(recording, entry).envelope().iteration());
              messages.tap().pass(entry.kind().way(), entry.number(), entry.bytes());
            });
      } else if (recording.header().party().equals(RecordingHeader.CLOUD)) {
        cloud = true;
        read(recording, entry -> takeOfCloud(recording, entry, truth.siteOfMask(), messages));
      }
    }
    if (!cloud && settings().privacy().masksPrograms()) {
      throw problem(
          folder.toString(), "holds no recording of a cloud", "start the cloud with --record");
    }
    return new Evidence(
        iterations[0], messages, truth.values(), messages.masks(), truth.solutions());
  }

  /**
   * What sites have recorded of themselves.
   *
   * @param values of all iterations, and the dispatch
   * @param solutions the last, by node
   * @param siteOfMask index of the site that drew a mask
   * @param silent nodes of which there are no recordings
   */
  private record Truth(
      Set<Double> values,
      Map<Integer, double[]> solutions,
      Map<Long, Integer> siteOfMask,
      Set<Integer> silent) {

    void take(RecordingEntry entry, int node, int site) {
      ByteBuffer bytes = ByteBuffer.wrap(entry.bytes());
      if (entry.kind() == Kind.OWN_MASK) {
        siteOfMask.put(bytes.getLong(), site);
        return;
      }
      double[] numbers = new double[entry.bytes().length / Double.BYTES];
      bytes.asDoubleBuffer().get(numbers);
      for (double number : numbers) {
        values.add(number);
      }
      if (entry.kind() == Kind.SOLUTION) {
        solutions.put(node, numbers);
      }
    }
  }

  private Truth truth(GridCase gridCase) {
    List<Integer> nodes = gridCase.nodes().stream().map(GridCase.Node::id).toList();
    Truth truth =
        new Truth(new HashSet<>(), new HashMap<>(), new HashMap<>(), new TreeSet<>(nodes));
    for (Recording recording : recordings) {
      if (recording.header().bySite()) {
        int node = recording.header().node();
        truth.silent().remove(node);
        read(recording, entry -> truth.take(entry, node, nodes.indexOf(node)));
      }
    }
    return truth;
  }

  /** What those sites that have recorded found in this run, and came to. */
  Set<Double> ownValues(GridCase gridCase) {
    return truth(gridCase).values();
  }

  /** A cloud may have solved for others as well: these masks belong to no site of the run. */
  private static void takeOfCloud(
      Recording recording,
      RecordingEntry entry,
      Map<Long, Integer> siteOfMask,
      MessageRecorder messages) {
    Integer site = siteOfMask.get(mask(letter(recording, entry).message()));
    if (site != null) {
      messages.tap().pass(entry.kind().way(), site, entry.bytes());
    }
  }

  private static Long mask(Message message) {
    if (message instanceof MaskedProgram program) {
      return program.mask();
    }
    if (message instanceof MaskedTerm term) {
      return term.mask();
    }
    if (message instanceof MaskedSolution solution) {
      return solution.mask();
    }
    if (message instanceof ReleaseMask release) {
      return release.mask();
    }
    return message instanceof MaskStored stored ? stored.mask() : null;
  }

  /** Of a run with newton, the sums of its last epoch: each begins at the start. */
  SumRecorder ofSums(GridCase gridCase) {
    requireOf(gridCase);
    int[] epochs = {0};
    List<RecordingEntry> last = new ArrayList<>();
    for (Recording recording : recordings) {
      if (recording.header().party().equals(RecordingHeader.OPERATOR)) {
        read(
            recording,
            entry -> {
              int epoch = letter(recording, entry).envelope().epoch();
              if (epoch > epochs[0]) {
                epochs[0] = epoch;
                last.clear();
              }
              last.add(entry);
            });
      }
    }
    if (epochs[0] > 1) {
      notices.add("the run was paused: the last of its " + epochs[0] + " epochs is audited");
    }
    SumRecorder sums = new SumRecorder();
    MessageTap tap = sums.tap();
    last.forEach(entry -> tap.pass(entry.kind().way(), entry.number(), entry.bytes()));
    return sums;
  }

  private static Letter letter(Recording recording, RecordingEntry entry) {
    try {
      if (entry.kind().isMessage()) {
        return Letter.fromBytes(entry.bytes());
      }
    } catch (ProtocolException e) {
      throw problem(recording.file().toString(), e.getMessage(), "record the run anew");
    }
    throw problem(
        recording.file().toString(),
        "holds something else than messages: " + entry,
        "record the run anew");
  }

  private void read(Recording recording, Consumer<RecordingEntry> entries) {
    if (!recording.forEach(entries)) {
      notices.add(
          recording.file()
              + " has no end: its process was killed, is running still, or had no room on its disk");
    }
  }
}
