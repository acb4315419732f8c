package io.dualgrid.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The most memory that this process has used so far.
 *
 * @param megabytes of 1,048,576 bytes
 * @param measure what was measured: the resident set, which counts native memory too, or where the
 *     system does not tell it the Java heap alone
 */
public record PeakMemory(double megabytes, String measure) {
  private static final double BYTES_PER_MEGABYTE = 1024.0 * 1024.0;

  /** Measures now. */
  public static PeakMemory now() {
    try {
      return fromStatus(Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException | IllegalArgumentException e) {
      return heap();
    }
  }

  /**
   * Reads the high-water mark of the resident set.
   *
   * @param lines of /proc/self/status, which holds a line such as {@code VmHWM: 204800 kB}
   * @throws IllegalArgumentException when there is no such line
   */
  static PeakMemory fromStatus(List<String> lines) {
    String[] words =
        lines.stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no VmHWM"))
            .trim()
            .split("\\s+");
    return new PeakMemory(Double.parseDouble(words[1]) / 1024.0, "resident set");
  }

  static PeakMemory heap() {
    double bytes = 0.0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getPeakUsage() != null) {
        bytes += pool.getPeakUsage().getUsed();
      }
    }
    return new PeakMemory(bytes / BYTES_PER_MEGABYTE, "Java heap");
  }
}
