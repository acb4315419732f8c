package io.dualgrid.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What results were measured on. */
final class Machine {
  private static final String COMMIT_PROPERTY = "dualgrid.bench.commit";
  private static final double BYTES_PER_GIGABYTE = 1024.0 * 1024 * 1024;

  private Machine() {}

  /** Processor, memory, Java, libraries, commit, load, and the sizes of the case. */
  static ObjectNode describe() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("date", java.time.Instant.now().toString());
    root.put("commit", System.getProperty(COMMIT_PROPERTY, "unknown"));
    root.put("processor", processor());
    root.put("processors", system.getAvailableProcessors());
    root.put("memoryGb", system.getTotalMemorySize() / BYTES_PER_GIGABYTE);
    root.put("loadBefore", system.getSystemLoadAverage());
    root.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
    root.put(
        "java",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    root.put("qp", version(new NativeQpSolverFactory().status()));
    root.put("osqp", version(new OsqpSolverFactory().status()));
    root.put("seal", version(new SealCkksBackend().status()));
    root.set("sizes", LeastWork.sizes());
    return root;
  }

  private static String version(NativeLibraryStatus status) {
    return status.available() ? status.version() : "missing: " + status.failure();
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return String.valueOf(System.getenv("PROCESSOR_IDENTIFIER")); // Windows has this one
    }
  }

  /** One line for people. */
  static String summary(JsonNode machine) {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %.1f GB, load %.1f before; %s; OSQP %s, SEAL %s; commit %s, %s",
        machine.get("processor").asText(),
        machine.get("processors").asInt(),
        machine.get("memoryGb").asDouble(),
        machine.get("loadBefore").asDouble(),
        machine.get("java").asText(),
        machine.get("osqp").asText(),
        machine.get("seal").asText(),
        machine.get("commit").asText(),
        machine.get("date").asText());
  }
}
