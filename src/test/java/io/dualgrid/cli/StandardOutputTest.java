package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path temporary;

  @Test
  void aReaderThatLeavesIsNoFailure() throws IOException, InterruptedException {
    Path pipe = temporary.resolve("pipe");
    assumeTrue(Files.exists(FULL), "on Linux only");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("head", "-n", "1", pipe.toString()).start();
    try (FileOutputStream stream = new FileOutputStream(pipe.toFile())) {
      StandardOutput out = new StandardOutput(stream);
      out.write("first\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("first\n");
      assertThat(reader.waitFor()).isZero();
      assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
      out.write("second\n".getBytes(StandardCharsets.UTF_8));
      out.write('x');
    }
  }

  @Test
  void aFullDiskIsAFailure() throws IOException {
    assumeTrue(Files.exists(FULL), "on Linux only");
    try (FileOutputStream stream = new FileOutputStream(FULL.toFile())) {
      StandardOutput out = new StandardOutput(stream);
      assertThatThrownBy(() -> out.write('x')).isInstanceOf(IOException.class);
    }
  }
}
