package io.dualgrid.cluster;

import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The folders, certificates and addresses of some machines on this one. */
final class Machines {
  static final String HOST = "127.0.0.1";

  /** So long that only a hang reaches it: machines can be busy. */
  static final long PATIENCE_SECONDS = 180;

  final Authority authority;
  final List<WorkerConfig> configs = new ArrayList<>();
  private final Path folder;

  /** So many, each with the certificate of a machine. */
  Machines(Path folder, int count) throws IOException {
    this.folder = folder;
    authority = Authority.init(folder.resolve("authority"));
    List<Endpoint> own = freePorts(2 * count);
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      folders.add(enrol("cloud/" + (i + 1)));
    }
    for (int i = 0; i < count; i++) {
      handOutList(folders.get(i));
      configs.add(
          new WorkerConfig(
              folders.get(i),
              own.get(i),
              own.subList(0, count),
              Optional.of(own.get(count + i)),
              "auto",
              1,
              1L << 30));
    }
  }

  /** Makes a party's keys and has them certified. */
  Path enrol(String name) {
    return enrol(authority, folder.resolve(name.replace('/', '-')), name);
  }

  static Path enrol(Authority authority, Path folder, String name) {
    PartyFolder.init(folder, name);
    PartyFolder party = PartyFolder.of(folder);
    authority.sign(party.request(), party.certificate(), Duration.ofDays(1));
    return folder;
  }

  void handOutList(Path party) throws IOException {
    Files.copy(
        authority.allowList(), party.resolve(AllowList.NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A file as a person would write it. */
  Path fileOf(int machine) throws IOException {
    WorkerConfig config = configs.get(machine);
    return Files.writeString(
        folder.resolve("machine-" + machine + ".conf"),
        "folder = \""
            + folder.relativize(config.folder())
            + "\"\nown = \""
            + config.own()
            + "\"\nmachines = "
            + config.machines().stream()
                .map(machineAddress -> "\"" + machineAddress + "\"")
                .collect(Collectors.joining(", ", "[", "]"))
            + "\nsites = \""
            + config.sites().orElseThrow()
            + "\"\nthreads = 1\n");
  }

  private static List<Endpoint> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
      }
      List<Endpoint> ports =
          sockets.stream().map(socket -> new Endpoint(HOST, socket.getLocalPort())).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a machine sees so many. */
  static void awaitMembers(ClusterWorker worker, int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (worker.members() != count) {
      if (System.nanoTime() > end) {
        throw new AssertionError(worker.members() + " machines instead of " + count);
      }
      Thread.sleep(50);
    }
  }
}
