package io.dualgrid.network.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class RelayShareTest {
  private static final GridCase CASE = CaseLocator.read("yingkou-60");

  @TempDir private Path folder;

  @Test
  void readsRangesAndWritesThem() {
    assertThat(NodeRanges.parse("45, 1-3,7")).containsExactly(1, 2, 3, 7, 45);
    assertThat(NodeRanges.of(List.of(45, 3, 1, 2, 7))).isEqualTo("1-3,7,45");
    assertThat(NodeRanges.parse(NodeRanges.of(CASE.tree().topDown())))
        .containsExactlyInAnyOrderElementsOf(CASE.tree().topDown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1-3,x | 'x' is neither",
        "3-1 | '3-1' is neither",
        "-4 | '-4' is neither",
        "1,,2 | '' is neither",
        "1-2-3 | '1-2-3' is neither",
        "99999999999 | '99999999999' is neither",
        "1-5,4 | node 4 is there twice",
        "0-2147483647 | more than 1000000 nodes"
      })
  void saysWhatIsNoRange(String text, String said) {
    assertThatThrownBy(() -> NodeRanges.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  /** Of nearly the same size, every node once, and no more pieces than have to be. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60})
  void cutsAFeederIntoShares(int relays) {
    FeederTree tree = CASE.tree();
    List<NavigableSet<Integer>> shares = RelayShare.cut(tree, relays);
    List<Integer> all = new ArrayList<>();
    shares.forEach(all::addAll);
    assertThat(all).containsExactlyInAnyOrderElementsOf(tree.topDown());
    int most = (CASE.nodes().size() + relays - 1) / relays;
    assertThat(shares)
        .allMatch(share -> share.size() <= most && share.size() >= CASE.nodes().size() / relays);
    assertThat(shares.get(0)).contains(tree.root());
    // the first share is the beginning of a walk over the tree, and so hangs together
    assertThat(shares.get(0).stream().filter(node -> node != tree.root()))
        .allMatch(node -> shares.get(0).contains(tree.parentLine(node).from()));
  }

  @Test
  void theFileIsReadOrRefusedByName() throws Exception {
    PublicFeeder feeder = CaseSplitter.feeder(CASE, Sampling.FIRST);
    int known = CASE.tree().root();
    Path file = folder.resolve(RelayShare.NAME);
    assertThatThrownBy(() -> RelayShare.read(file, feeder))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("nodes.txt")
        .hasMessageContaining("split CASE --relays N");
    Files.write(file, RelayShare.bytes(new TreeSet<>(List.of(known))));
    assertThat(RelayShare.read(file, feeder)).containsExactly(known);
    Files.writeString(file, "987654");
    assertThatThrownBy(() -> RelayShare.read(file, feeder))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("node 987654 is not in yingkou-60");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> RelayShare.read(file, feeder)).isInstanceOf(CaseException.class);
  }
}
