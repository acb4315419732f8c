package io.dualgrid.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.dualgrid.cloud.CloudService;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints what a solve takes in one process and over a cluster of one and of two machines, in turn,
 * all in this process: median of the clock, and processor time of all threads on the mean.
 */
public final class Overhead {
  /** Of the masked programs of yingkou-60 on the mean. */
  private static final int DIMENSION = 141;

  private static final int WARM = 300;
  private static final int ROUNDS = 6;
  private static final int SOLVES = 200;

  private Overhead() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("overhead");
    Machines one = new Machines(Files.createDirectory(folder.resolve("one")), 1);
    Machines two = new Machines(Files.createDirectory(folder.resolve("two")), 2);
    try (CloudService usual =
            new PartySetup(RunSettings.defaults(), RunHooks.NONE).cloud(Runnable::run);
        ClusterWorker alone = new ClusterWorker(one.configs.get(0));
        ClusterWorker first = new ClusterWorker(two.configs.get(0));
        ClusterWorker second = new ClusterWorker(two.configs.get(1))) {
      Machines.awaitMembers(first, 2);
      Machines.awaitMembers(second, 2);
      long[] masks = {1, 2, 3, 4, 5, 6, 7, 8};
      Map<String, CloudLink> links = new LinkedHashMap<>();
      links.put("in one process", usual::handle);
      links.put("one machine", alone);
      links.put("two machines", first);
      for (CloudLink link : links.values()) {
        for (long mask : masks) {
          link.ask(Questions.of(Questions.program(mask, DIMENSION), 1)).join();
        }
        solves(link, masks, WARM);
      }
      System.out.println("masks of each of two machines: " + first.shares().values());
      System.out.println("| a solve | ms, median | ms of processors, mean |");
      System.out.println("|---|---|---|");
      Map<String, double[]> figures = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, CloudLink> link : links.entrySet()) {
          double[] now = solves(link.getValue(), masks, SOLVES);
          figures.merge(
              link.getKey(),
              now,
              (a, b) -> new double[] {Math.min(a[0], b[0]), Math.min(a[1], b[1])});
        }
      }
      figures.forEach(
          (name, figure) ->
              System.out.printf("| %s | %.2f | %.2f |%n", name, figure[0], figure[1]));
    }
  }

  private static double[] solves(CloudLink link, long[] masks, int count) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] millis = new double[count];
    long busy = system.getProcessCpuTime();
    for (int i = 0; i < count; i++) {
      byte[] question = Questions.of(Questions.term(masks[i % masks.length], i, DIMENSION), i + 1);
      long begin = System.nanoTime();
      link.ask(question).join();
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    busy = system.getProcessCpuTime() - busy;
    Arrays.sort(millis);
    return new double[] {millis[count / 2], busy / 1e6 / count};
  }
}
