package io.dualgrid.cluster;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.dualgrid.network.wire.Endpoint;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one machine of a cluster is told, in one file.
 *
 * @param folder its keys, its certificate and the list of those let in
 * @param own where the other machines reach it
 * @param machines by which it joins, the same list on all; the first, if it finds none of the
 *     others, begins
 * @param sites where sites connect; empty where none do, as for studies
 * @param qp backend of the solvers
 * @param threads programs solved at the same time
 * @param mostBytes of programs of sites, all masks of this machine together
 */
record WorkerConfig(
    Path folder,
    Endpoint own,
    List<Endpoint> machines,
    Optional<Endpoint> sites,
    String qp,
    int threads,
    long mostBytes) {
  private static final String FOLDER = "folder";
  private static final String OWN = "own";
  private static final String MACHINES = "machines";
  private static final String SITES = "sites";
  private static final String QP = "qp";
  private static final String THREADS = "threads";
  private static final String MEMORY = "memory";

  /** Checks what a file could have wrong. */
  WorkerConfig {
    if (machines.isEmpty()) {
      throw new IllegalArgumentException(
          MACHINES + " is empty; write the addresses of all machines");
    }
    if (own.port() < 1) {
      throw new IllegalArgumentException(
          OWN + " = " + own + ": others cannot reach this port; write one of 1 to 65535");
    }
    if (threads < 1) {
      throw new IllegalArgumentException(THREADS + " = " + threads + ": write 1 or more");
    }
    if (mostBytes < 1 << 20) {
      throw new IllegalArgumentException(MEMORY + ": write 1 or more, in MB");
    }
    machines = List.copyOf(machines);
  }

  /**
   * Reads a file; the folder in it is seen from where the file lies.
   *
   * @throws IllegalArgumentException naming file, key and way out
   */
  static WorkerConfig read(Path file) {
    try {
      Config config = ConfigFactory.parseFile(new File(file.toString()), strict());
      Set<String> unknown = new TreeSet<>(config.root().keySet());
      unknown.removeAll(Set.of(FOLDER, OWN, MACHINES, SITES, QP, THREADS, MEMORY));
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            unknown
                + " is not known; there are folder, own, machines, sites, qp, threads and memory");
      }
      return new WorkerConfig(
          file.toAbsolutePath().resolveSibling(config.getString(FOLDER)),
          Endpoint.parse(config.getString(OWN)),
          config.getStringList(MACHINES).stream().map(Endpoint::parse).toList(),
          config.hasPath(SITES)
              ? Optional.of(Endpoint.parse(config.getString(SITES)))
              : Optional.empty(),
          config.hasPath(QP) ? config.getString(QP) : "auto",
          config.hasPath(THREADS)
              ? config.getInt(THREADS)
              : Runtime.getRuntime().availableProcessors(),
          config.hasPath(MEMORY) ? config.getLong(MEMORY) << 20 : halfOfThisMachine());
    } catch (ConfigException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ": " + e.getMessage() + "; docs/cluster.md has an example", e);
    }
  }

  private static long halfOfThisMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / 2;
  }

  private static ConfigParseOptions strict() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }
}
