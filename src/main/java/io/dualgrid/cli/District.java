package io.dualgrid.cli;

import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.RelayShare;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.Glance;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A district on one machine: the folders of all parties, with keys and certificates, and their
 * processes. What it started ends with it, and folders that nobody asked to keep go.
 */
final class District implements AutoCloseable {
  private static final String CLOUD = "cloud";

  /** Of certificates: beyond the time before their end in which people are warned of it. */
  private static final Duration VALIDITY = Duration.ofDays(30);

  /** Exit codes from here on tell of a signal. */
  private static final int KILLED = 129;

  /** Longer than a process takes to end that has nothing left to do. */
  private static final int LEAVE_SECONDS = 5;

  private static final int MOST_RESTARTS = 25;
  private static final int MOST_NAMED = 3; // sites of a process

  private final GridCase gridCase;
  private final Path folder;
  private final boolean temporary;
  private final int relays;
  private final Terminal terminal;
  private final List<Process> processes = new ArrayList<>();
  private volatile boolean stopping;
  private final Thread hook = new Thread(this::stop, "district");

  private District(
      GridCase gridCase, Path folder, boolean temporary, int relays, Terminal terminal) {
    this.gridCase = gridCase;
    this.folder = folder;
    this.temporary = temporary;
    this.relays = relays;
    this.terminal = terminal;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Makes the folders.
   *
   * @param usualSampling of the case
   * @param keep where; null for a folder that goes in the end
   * @param relays that the sites connect to; 0 for none
   */
  static District make(
      GridCase gridCase, Sampling usualSampling, Path keep, int relays, Terminal terminal)
      throws IOException {
    Path folder =
        keep == null ? Files.createTempDirectory("dualgrid-up-", OwnerOnly.folder()) : keep;
    District district = new District(gridCase, folder, keep == null, relays, terminal);
    try {
      CaseSplitter.split(gridCase, usualSampling, folder, false, relays);
      district.enrol();
      return district;
    } catch (IOException | RuntimeException e) {
      district.close();
      throw e;
    }
  }

  private void enrol() throws IOException {
    Authority authority = Authority.init(folder.resolve("authority"));
    Path operator = folder.resolve(CaseSplitter.OPERATOR);
    enrol(authority, operator, Credentials.OPERATOR);
    enrol(authority, folder.resolve(CLOUD), Credentials.CLOUD);
    for (GridCase.Node node : gridCase.nodes()) {
      enrol(authority, site(node), Names.site(gridCase.name(), node.id()));
    }
    for (int relay = 1; relay <= relays; relay++) {
      enrol(authority, relay(relay), Names.relay(String.valueOf(relay)));
    }
    Files.copy(authority.allowList(), operator.resolve(AllowList.NAME));
    for (int relay = 1; relay <= relays; relay++) {
      Files.copy(authority.allowList(), relay(relay).resolve(AllowList.NAME));
    }
  }

  private static void enrol(Authority authority, Path folder, String name) {
    PartyFolder.init(folder, name);
    PartyFolder party = PartyFolder.of(folder);
    authority.sign(party.request(), party.certificate(), VALIDITY);
  }

  private Path relay(int relay) {
    return folder.resolve(CaseSplitter.relayFolder(relay));
  }

  private Path site(GridCase.Node node) {
    return folder.resolve(CaseSplitter.folderOf(node.id()));
  }

  /** Where the folders are. */
  Path folder() {
    return folder;
  }

  /**
   * Runs once.
   *
   * @param siteProcesses in which the sites run
   * @param recordings where all parties record for an audit; null for nowhere
   * @return whether every party came to an end with a result; else each has said why not
   */
  boolean run(RunSettings settings, int siteProcesses, Path recordings)
      throws InterruptedException {
    List<String> operator = new ArrayList<>();
    operator.add("operator");
    operator.add(folder.resolve(CaseSplitter.OPERATOR).toString());
    operator.addAll(List.of("--listen", "127.0.0.1:0"));
    operator.addAll(RunArguments.of(settings));
    if (relays > 0) {
      operator.addAll(
          List.of(
              "--relays",
              IntStream.rangeClosed(1, relays)
                  .mapToObj(String::valueOf)
                  .collect(Collectors.joining(","))));
    }
    List<String> recorded =
        recordings == null
            ? List.of()
            : List.of("--record", recordings.toAbsolutePath().toString());
    operator.addAll(recorded);
    Child grid = start("operator", operator, true);
    List<String> common = new ArrayList<>();
    if (settings.privacy().masksPrograms()) {
      List<String> solver = new ArrayList<>(List.of(CLOUD, folder.resolve(CLOUD).toString()));
      solver.addAll(List.of("--listen", "127.0.0.1:0", "--qp", settings.qpBackend()));
      solver.addAll(recorded);
      Child cloud = start(CLOUD, solver, true);
      common.addAll(List.of("--cloud", cloud.address()));
    }
    common.addAll(List.of("--qp", settings.qpBackend(), "--ckks", settings.ckksBackend()));
    if (!settings.privacy().encryptsMessages()) {
      common.add("--accept-clear");
    }
    if (settings.allowExposedSums()) {
      common.add("--allow-exposed-sums");
    }
    if (settings.sensitivities() == Sensitivities.FULL) {
      common.add("--accept-full");
    }
    if (settings.mask() != RunSettings.defaults().mask()
        || settings.ckksParameters() != RunSettings.defaults().ckksParameters()) {
      common.add("--accept-published");
    }
    common.addAll(recorded);
    List<Child> others = startRelays(grid, settings);
    List<Child> doors = relays == 0 ? List.of(grid) : List.copyOf(others);
    List<List<GridCase.Node>> shares = shares(doors.size());
    for (int door = 0; door < doors.size(); door++) {
      int until = siteProcesses * (door + 1) / doors.size();
      int own = Math.max(1, until - siteProcesses * door / doors.size());
      others.addAll(startSites(shares.get(door), own, doors.get(door).address(), common));
    }
    int end = grid.await();
    boolean over = end == ExitCode.OK || end == ExitCode.NOT_CONVERGED;
    boolean well = over || told(grid, end);
    for (Child child : others) {
      int code = over ? child.awaitLeave() : child.await();
      well &= code == ExitCode.OK || told(child, code);
    }
    return well;
  }

  /** Tells how a party ended that has not come to a result, which is not well. */
  private boolean told(Child child, int code) {
    terminal.err().println(child.name + " ended with code " + code);
    return false;
  }

  private List<Child> startRelays(Child grid, RunSettings settings) {
    List<Child> started = new ArrayList<>();
    for (int relay = 1; relay <= relays; relay++) {
      List<String> command = new ArrayList<>(List.of("relay", relay(relay).toString()));
      command.addAll(List.of("--listen", "127.0.0.1:0", "--operator", grid.address()));
      command.addAll(List.of("--ckks", settings.ckksBackend()));
      started.add(start("relay " + relay, command, false));
    }
    return started;
  }

  /** The sites by whom they connect to. */
  private List<List<GridCase.Node>> shares(int doors) {
    List<List<GridCase.Node>> shares = new ArrayList<>();
    for (Set<Integer> ids : RelayShare.cut(gridCase.tree(), doors)) {
      shares.add(gridCase.nodes().stream().filter(node -> ids.contains(node.id())).toList());
    }
    return shares;
  }

  private List<Child> startSites(
      List<GridCase.Node> sites, int most, String door, List<String> common) {
    List<Child> started = new ArrayList<>();
    int count = Math.min(most, sites.size());
    for (int process = 0; process < count; process++) {
      List<String> command = new ArrayList<>(List.of("site"));
      List<Integer> ids = new ArrayList<>();
      for (int k = process; k < sites.size(); k += count) {
        command.add(site(sites.get(k)).toString());
        ids.add(sites.get(k).id());
      }
      command.addAll(List.of("--operator", door));
      command.addAll(common);
      started.add(start(nameOf(ids), command, false));
    }
    return started;
  }

  /** As many sites as can be read at a glance, and how many more. */
  private static String nameOf(List<Integer> sites) {
    return (sites.size() == 1 ? "site " : "sites ") + Glance.at(sites, MOST_NAMED);
  }

  /** A party's process, which is started again when it was killed, and what it says. */
  private final class Child {
    private final String name;
    private final List<String> arguments;
    private final boolean server;
    private final CompletableFuture<String> listening = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile Process present;
    private volatile boolean dismissed;

    Child(String name, List<String> arguments, boolean server) {
      this.name = name;
      this.arguments = new ArrayList<>(arguments);
      this.server = server;
    }

    String address() {
      String address = listening.join();
      if (address.isEmpty()) {
        throw new WireException("the " + name + " did not start");
      }
      return address;
    }

    /** Waits for its end. */
    int await() throws InterruptedException {
      try {
        return ended.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(name, e);
      }
    }

    /**
     * Waits for its end, where the operator's has come: all have their results by then. Not for
     * long, since whoever was killed as it took its leave, and started again, dials nobody.
     */
    int awaitLeave() throws InterruptedException {
      try {
        return ended.get(LEAVE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        dismissed = true;
        present.destroy();
        await();
        return ExitCode.OK;
      } catch (ExecutionException e) {
        throw new IllegalStateException(name, e);
      }
    }

    private void keepRunning() {
      try {
        int code = runOnce();
        for (int again = 0;
            code >= KILLED && again < MOST_RESTARTS && !stopping && !dismissed;
            again++) {
          terminal.err().println(name + " was killed, and is started again");
          code = runOnce();
        }
        ended.complete(code);
      } catch (IOException | InterruptedException e) {
        ended.completeExceptionally(e);
      } finally {
        listening.complete("");
      }
    }

    private int runOnce() throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(arguments);
      Process process = begin(command);
      present = process;
      Thread errors =
          thread(
              () ->
                  relay(
                      process.errorReader(StandardCharsets.UTF_8),
                      line -> terminal.err().println(name + ": " + line)));
      relay(process.inputReader(StandardCharsets.UTF_8), this::hear);
      errors.join();
      return process.waitFor();
    }

    private void hear(String line) {
      if (line.startsWith(PartyOptions.LISTENING)) {
        String address = line.substring(PartyOptions.LISTENING.length());
        // sites know it there, if it has to come back
        arguments.set(arguments.indexOf("--listen") + 1, address);
        listening.complete(address);
      } else if (server) {
        terminal.out().println(line);
      }
    }
  }

  private synchronized Process begin(List<String> command) throws IOException {
    if (stopping) {
      throw new IOException("the district has ended");
    }
    Process process = new ProcessBuilder(command).redirectInput(new File(nothing())).start();
    processes.add(process);
    return process;
  }

  private Child start(String name, List<String> arguments, boolean server) {
    Child child = new Child(name, arguments, server);
    thread(child::keepRunning);
    return child;
  }

  private static String nothing() {
    return System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void relay(BufferedReader from, Consumer<String> to) {
    try (from) {
      String line;
      while ((line = from.readLine()) != null) {
        to.accept(line);
      }
    } catch (IOException e) {
      // the process has gone, and with it what it had to say
    }
  }

  private synchronized void stop() {
    stopping = true;
    processes.forEach(Process::destroy);
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the machine is shutting down already
    }
    if (temporary) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
