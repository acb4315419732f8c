package io.dualgrid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.backend.Backend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.dense.DenseBackends;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dualgrid doctor}. */
@Command(
    name = "doctor",
    description = "Tells which backends there are, their versions and where they were loaded from.")
final class DoctorCommand implements Callable<Integer> {
  private static final long BYTES_PER_MEGABYTE = 1024L * 1024L;

  private final Terminal terminal;

  @Mixin private JsonOption json;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (json.asked()) {
      printJson();
      return ExitCode.OK;
    }
    Runtime runtime = Runtime.getRuntime();
    FieldTable table =
        new FieldTable()
            .add("dualgrid", Version.number())
            .add(
                "java",
                System.getProperty("java.runtime.version")
                    + ", from "
                    + System.getProperty("java.home"))
            .add(
                "system",
                System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.version")
                    + ", "
                    + System.getProperty("os.arch")
                    + ", "
                    + runtime.availableProcessors()
                    + " processors")
            .add("memory", "heap of at most " + runtime.maxMemory() / BYTES_PER_MEGABYTE + " MB");
    addAll(table, "qp", QpBackends.all());
    addAll(table, "cloud", DenseBackends.all());
    addAll(table, "ckks", CkksBackends.all());
    table.print(terminal.out());
    return ExitCode.OK;
  }

  private void printJson() {
    ObjectNode root = JsonText.object();
    root.put("dualgrid", Version.number());
    root.put("java", System.getProperty("java.runtime.version"));
    root.put("javaHome", System.getProperty("java.home"));
    root.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    root.put("architecture", System.getProperty("os.arch"));
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("heapMb", Runtime.getRuntime().maxMemory() / BYTES_PER_MEGABYTE);
    ArrayNode backends = root.putArray("backends");
    addAll(backends, "qp", QpBackends.all());
    addAll(backends, "cloud", DenseBackends.all());
    addAll(backends, "ckks", CkksBackends.all());
    JsonText.print(terminal, root);
  }

  private static void addAll(ArrayNode array, String role, List<? extends Backend> backends) {
    for (Backend backend : backends) {
      NativeLibraryStatus status = backend.status();
      array
          .addObject()
          .put("role", role)
          .put("name", backend.name())
          .put("available", status.available())
          .put("version", status.version())
          .put("origin", status.origin())
          .put("failure", status.failure());
    }
  }

  private static void addAll(FieldTable table, String role, List<? extends Backend> backends) {
    for (Backend backend : backends) {
      table.add(role + " " + backend.name(), describe(backend.status()));
    }
  }

  private static String describe(NativeLibraryStatus status) {
    if (!status.available()) {
      return "missing: " + status.failure();
    }
    return status.version()
        + (status.origin().isEmpty() ? ", always there" : ", from " + status.origin());
  }
}
