package io.dualgrid.operator;

import io.dualgrid.feeder.Line;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.securesum.WideNumbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Adds up what line ends send in a sweep: over the part of the tree below each line, then along the
 * path from the root to each line's lower end. It knows neither parts nor sums, which pads of the
 * lines hide. One thread at a time.
 */
final class TreeAdder {
  private final int[] topDown; // lines, each after the one above it
  private final int[] above; // line above the upper end of each line; −1 at the root
  private final WideNumbers[] parts; // by line
  private boolean upwards;
  private int missing;

  TreeAdder(Network network) {
    List<Line> lines = network.lines();
    Map<Integer, Integer> lineAbove = new HashMap<>(); // by node
    for (int line = 0; line < lines.size(); line++) {
      lineAbove.put(lines.get(line).to(), line);
    }
    above = lines.stream().mapToInt(line -> lineAbove.getOrDefault(line.from(), -1)).toArray();
    topDown =
        network.tree().topDown().stream()
            .filter(lineAbove::containsKey)
            .mapToInt(lineAbove::get)
            .toArray();
    parts = new WideNumbers[lines.size()];
  }

  /**
   * Waits for a part of each line.
   *
   * @param fromBelow whether lower ends send parts of sums over subtrees; else upper ends send
   *     parts of sums along paths
   */
  void begin(boolean fromBelow) {
    upwards = fromBelow;
    missing = parts.length;
    Arrays.fill(parts, null);
  }

  /** Takes a part of the sender's own line; whether it was due. */
  boolean takes(TreePart part) {
    if (missing == 0 || part.fromDownstream() != upwards || parts[part.line()] != null) {
      return false;
    }
    parts[part.line()] = WideNumbers.fromBytes(part.numbers());
    missing--;
    return true;
  }

  /** Whether parts have not come yet. */
  boolean incomplete() {
    return missing > 0;
  }

  /** The line ends whose parts have not come yet. */
  IntStream missing() {
    return missing == 0
        ? IntStream.empty()
        : IntStream.range(0, parts.length)
            .filter(line -> parts[line] == null)
            .map(line -> 2 * line + (upwards ? 1 : 0));
  }

  /** The sums over what is below each line, by line. */
  List<byte[]> overSubtrees() {
    for (int k = topDown.length - 1; k >= 0; k--) {
      int line = topDown[k];
      if (above[line] >= 0) {
        parts[above[line]] = parts[above[line]].plus(parts[line]);
      }
    }
    return bytes();
  }

  /** The sums along the path to the lower end of each line, by line. */
  List<byte[]> alongPaths() {
    for (int line : topDown) {
      if (above[line] >= 0) {
        parts[line] = parts[line].plus(parts[above[line]]);
      }
    }
    return bytes();
  }

  private List<byte[]> bytes() {
    return Arrays.stream(parts).map(WideNumbers::toBytes).toList();
  }
}
