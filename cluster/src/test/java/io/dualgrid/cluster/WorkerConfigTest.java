package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigTest {
  private static final String GOOD =
      "folder = keys\n"
          + "own = \"10.0.0.1:7600\"\n"
          + "machines = [\"10.0.0.1:7600\"]\n"
          + "sites = \"[::]:7500\"\n";

  @TempDir private Path folder;

  private WorkerConfig read(String text) throws IOException {
    return WorkerConfig.read(Files.writeString(folder.resolve("machine.conf"), text));
  }

  @Test
  void isReadAsItStands() throws IOException {
    WorkerConfig config = read(GOOD + "threads = 3\nqp = java\nmemory = 100\n");
    assertThat(config.folder()).isEqualTo(folder.resolve("keys"));
    assertThat(config.own()).hasToString("10.0.0.1:7600");
    assertThat(config.machines()).containsExactly(config.own());
    assertThat(config.sites().orElseThrow()).hasToString("[::]:7500");
    assertThat(config.threads()).isEqualTo(3);
    assertThat(config.qp()).isEqualTo("java");
    assertThat(config.mostBytes()).isEqualTo(100L << 20);
    assertThat(read(GOOD).qp()).isEqualTo("auto");
  }

  /**
   * Each names the file and what is wrong; above all nothing of Pekko's can be set, as plain TCP.
   */
  @Test
  void whatIsWrongIsNamed() {
    for (String[] wrong :
        new String[][] {
          {GOOD + "pekko.remote.artery.transport = tcp\n", "pekko"},
          {GOOD + "thread = 3\n", "thread"},
          {GOOD.replace("folder", "folders"), "folder"},
          {GOOD.replace("own = \"10.0.0.1:7600\"", "own = here"), "HOST:PORT"},
          {GOOD.replace("own = \"10.0.0.1:7600\"", "own = \"10.0.0.1:0\""), "own = 10.0.0.1:0"},
          {GOOD.replace("[\"10.0.0.1:7600\"]", "[]"), "machines is empty"},
          {GOOD + "threads = 0\n", "threads = 0"},
          {GOOD + "threads = many\n", "threads"},
          {GOOD + "memory = 0\n", "memory: write 1 or more"},
          {GOOD + "= {", "machine.conf"}
        }) {
      assertThatThrownBy(() -> read(wrong[0]))
          .as(wrong[0])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("machine.conf")
          .hasMessageContaining(wrong[1]);
    }
    assertThatThrownBy(() -> WorkerConfig.read(folder.resolve("none.conf")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.conf");
  }
}
