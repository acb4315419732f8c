package io.dualgrid.network.share;

import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.files.AtomicFiles;
import io.dualgrid.files.AtomicFolder;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.stream.Collectors;

/** Cuts a case: one folder for the operator, one for each site, and in none what is another's. */
public final class CaseSplitter {
  /** Folder of the operator. */
  public static final String OPERATOR = "operator";

  /** Folder within a party's for the results of several runs, a folder each. */
  public static final String RUNS = "runs";

  private CaseSplitter() {}

  /** Folder of the site at a node. */
  public static String folderOf(int node) {
    return "site-" + node;
  }

  /** Folder of a relay, counted from one. */
  public static String relayFolder(int relay) {
    return "relay-" + relay;
  }

  /**
   * Writes all folders, or none.
   *
   * @param usualSampling where the operator asks for none
   * @param folder must not exist or be empty, or may be replaced
   * @throws IOException when the disk does not take it; the folder is then as it was
   */
  public static void split(GridCase gridCase, Sampling usualSampling, Path folder, boolean replace)
      throws IOException {
    split(gridCase, usualSampling, folder, replace, 0);
  }

  /**
   * The same with folders for relays.
   *
   * @param relays number of them, no more than sites; 0 for none
   * @throws IOException as there
   */
  public static void split(
      GridCase gridCase, Sampling usualSampling, Path folder, boolean replace, int relays)
      throws IOException {
    AtomicFolder.write(
        folder,
        replace,
        fresh -> {
          // what is in them is private, and keys are made there
          Path operator = Files.createDirectory(fresh.resolve(OPERATOR), OwnerOnly.folder());
          byte[] feeder = feeder(gridCase, usualSampling).bytes();
          AtomicFiles.replace(operator.resolve(PublicFeeder.NAME), feeder);
          List<NavigableSet<Integer>> shares =
              relays == 0 ? List.of() : RelayShare.cut(gridCase.tree(), relays);
          for (int k = 0; k < shares.size(); k++) {
            Path relay =
                Files.createDirectory(fresh.resolve(relayFolder(k + 1)), OwnerOnly.folder());
            AtomicFiles.replace(relay.resolve(PublicFeeder.NAME), feeder);
            AtomicFiles.replace(relay.resolve(RelayShare.NAME), RelayShare.bytes(shares.get(k)));
          }
          Map<Integer, Node> nodes = nodes(gridCase);
          for (Node node : gridCase.nodes()) {
            Path site =
                Files.createDirectory(fresh.resolve(folderOf(node.id())), OwnerOnly.folder());
            CaseWriter.writePart(part(gridCase, nodes, node), site);
            AtomicFiles.replace(site.resolve(PublicFeeder.NAME), feeder);
          }
          return null;
        });
  }

  /** What of a case is public. */
  static PublicFeeder feeder(GridCase gridCase, Sampling usualSampling) {
    return new PublicFeeder(
        PublicFeeder.VERSION,
        gridCase.name(),
        gridCase.limits(),
        usualSampling,
        gridCase.nodes().stream()
            .map(node -> new PublicFeeder.PublicNode(node.id(), node.name()))
            .toList(),
        gridCase.lines(),
        gridCase.tariffPerKwh().values());
  }

  /** A node with its devices and its lines; of its neighbours their ids and names only. */
  private static GridCase part(GridCase gridCase, Map<Integer, Node> all, Node node) {
    List<Line> lines = new ArrayList<>();
    List<Node> nodes = new ArrayList<>(List.of(node));
    Line above = gridCase.tree().parentLine(node.id());
    if (above != null) {
      lines.add(above);
      nodes.add(bare(all.get(above.from())));
    }
    for (Line below : gridCase.tree().childLines(node.id())) {
      lines.add(below);
      nodes.add(bare(all.get(below.to())));
    }
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        gridCase.limits(),
        nodes,
        lines,
        new FeederTree(nodes.stream().map(Node::id).toList(), lines),
        gridCase.facts().ofNode(node.id()));
  }

  private static Map<Integer, Node> nodes(GridCase gridCase) {
    return gridCase.nodes().stream().collect(Collectors.toMap(Node::id, node -> node));
  }

  private static Node bare(Node node) {
    return new Node(node.id(), node.name(), List.of());
  }
}
