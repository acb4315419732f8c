package io.dualgrid.caseio.generate;

import io.dualgrid.caseio.AssumedPrices;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes up radial feeders with a mix of devices, for sweeps over sizes and for feeders that no
 * algorithm was tuned on. The same options give the same case everywhere.
 *
 * <p>Rules, with U(a, b) uniform:
 *
 * <ul>
 *   <li>The tree is a {@link FeederShape}. A fifth of the inner nodes only pass power on.
 *   <li>Lines of 10 kV: lengths log-normal with a median of 200 m (20 m to 1.5 km), 0.322 ohm/km
 *       and 0.38 ohm/km, the ratio of the published feeder. If the reference schedule below lets a
 *       voltage drop by more than 0.03 p.u., all impedances are scaled down together until it does
 *       not, as stronger conductors would.
 *   <li>Peak loads are log-normal (σ = 1), 60 % homes, 25 % commerce, 15 % works, and add up to 50
 *       kW a loaded node, at most 6 MW; their power factor is U(0.9, 0.98).
 *   <li>Every loaded node has heat load with a peak of U(0.15, 0.6) of its electric peak, a heat
 *       pump (COP U(3, 5)) for 0.8 and an electric heater (0.95) for 0.5 of that peak.
 *   <li>PV at 35 % of the loaded nodes, U(0.5, 2) times the load's peak; wind at 5 %, U(0.5, 1.5);
 *       CHP at 5 %, U(1, 2), heat per power U(0.4, 1.5), gas at 0.4 per kWh; batteries at 12 %,
 *       U(2, 6) hours of the load's peak; heat stores at 5 %, U(1, 4) hours of the heat peak.
 *       Stores have a power of a third of their energy per hour, start at 0.3 and lose 0.1 % an
 *       hour, as in the published study.
 *   <li>Prices of three levels; selling brings half. The connection is one and a half times the
 *       reference schedule's peak.
 * </ul>
 *
 * <p>Feasible by construction: the reference schedule (PV, wind and CHP at zero, heat from the pump
 * first and then from the heater, stores held at their start level) satisfies every limit at every
 * row, and by convexity at every mean of rows.
 */
public final class FeederGenerator {
  private static final double OHM_PER_KM = 0.322;
  private static final double REACTANCE_OHM_PER_KM = 0.38;
  private static final double DROP_MAX_PU = 0.03;
  private static final double MEAN_PEAK_KW = 50;
  private static final double FEEDER_PEAK_KW = 6000;
  private static final double LOSS_PER_HOUR = 0.001;
  private static final int VARIANTS = 4;
  private static final String PROFILES = "profiles.csv";
  private static final String PRICES = "prices.csv";

  private final Options options;
  private final Random random;
  private final List<Profile> residential = new ArrayList<>();
  private final List<Profile> commercial = new ArrayList<>();
  private final List<Profile> industrial = new ArrayList<>();
  private final List<Profile> heat = new ArrayList<>();
  private final List<Profile> sun = new ArrayList<>();
  private final List<Profile> wind = new ArrayList<>();

  /**
   * What to make.
   *
   * @param nodes at least 2, the root included
   * @param shape of the tree
   * @param seed of everything that is drawn
   */
  public record Options(int nodes, FeederShape shape, long seed) {
    /** Checks the number of nodes. */
    public Options {
      if (nodes < 2 || nodes > NetworkCheck.MOST_NODES) { // which would not be read back
        throw new IllegalArgumentException(
            "nodes = " + nodes + ": give a number from 2 to " + NetworkCheck.MOST_NODES);
      }
    }

    /** Name of the case. */
    public String name() {
      return shape.label() + "-" + nodes + "-seed-" + seed;
    }
  }

  private FeederGenerator(Options options) {
    this.options = options;
    // not for protection: the same seed must give the same feeder
    this.random = new Random(options.seed());
  }

  /** Makes a case. */
  public static GridCase generate(Options options) {
    return new FeederGenerator(options).generate();
  }

  /**
   * Makes a case and writes it.
   *
   * @param target folder of the case to make
   * @param replace whether a target folder with content may be replaced
   * @return the case; nothing is assumed beyond the rules
   * @throws CaseException when the target holds something and replace is false
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static ImportReport write(Options options, Path target, boolean replace)
      throws IOException {
    CaseCheck written = CaseWriter.write(generate(options), target, replace);
    return new ImportReport(written.orThrow(), List.of(), written.warnings());
  }

  private GridCase generate() {
    drawProfiles();
    int[] parents = options.shape().parents(options.nodes(), random);
    double[] peaks = peaks(parents);
    List<Node> nodes = new ArrayList<>();
    List<double[]> reference = new ArrayList<>();
    List<double[]> reactive = new ArrayList<>();
    nodes.add(new Node(0, "root", List.of()));
    reference.add(new double[ProfileShapes.ROWS]);
    reactive.add(new double[ProfileShapes.ROWS]);
    for (int id = 1; id < options.nodes(); id++) {
      List<DeviceSpec> devices = peaks[id] > 0 ? devices(peaks[id]) : List.of();
      nodes.add(new Node(id, "DES " + id, devices));
      ReferenceSchedule schedule = reference(devices);
      reference.add(schedule.drawnKw());
      reactive.add(schedule.drawnKvar());
    }
    List<Line> lines = lines(parents, reference, reactive);
    nodes.set(0, new Node(0, "root", List.of(gridInterface(reference.get(0)))));
    NetworkLimits limits = NetworkLimits.PUBLISHED;
    String source =
        "made up by the rules of FeederGenerator: "
            + options.nodes()
            + " nodes, shape "
            + options.shape().label()
            + ", seed "
            + options.seed();
    FeederTree tree = new FeederTree(nodes.stream().map(Node::id).toList(), lines);
    return new GridCase(options.name(), source, limits, nodes, lines, tree);
  }

  private void drawProfiles() {
    for (int k = 1; k <= VARIANTS; k++) {
      residential.add(profile("residential" + k, ProfileShapes.residential(random)));
      commercial.add(profile("commercial" + k, ProfileShapes.commercial(random)));
      industrial.add(profile("industrial" + k, ProfileShapes.industrial(random)));
      heat.add(profile("heat" + k, ProfileShapes.heat(random)));
      sun.add(profile("sun" + k, ProfileShapes.sun(random)));
      wind.add(profile("wind" + k, ProfileShapes.wind(random)));
    }
  }

  private static Profile profile(String column, double[] values) {
    return new Profile(PROFILES, column, 1, values);
  }

  /** The peak load of every node in kW; 0 at the root and at nodes that pass power on. */
  private double[] peaks(int[] parents) {
    boolean[] inner = new boolean[parents.length];
    for (int id = 1; id < parents.length; id++) {
      inner[parents[id]] = true;
    }
    double[] peaks = new double[parents.length];
    int loaded = 0;
    for (int id = 1; id < parents.length; id++) {
      boolean passesOn = random.nextDouble() < 0.2 && inner[id];
      peaks[id] = passesOn ? 0 : Math.exp(random.nextGaussian());
      loaded += passesOn ? 0 : 1;
    }
    double scale = Math.min(MEAN_PEAK_KW * loaded, FEEDER_PEAK_KW) / Arrays.stream(peaks).sum();
    return Arrays.stream(peaks).map(peak -> significant(peak * scale)).toArray();
  }

  private List<DeviceSpec> devices(double peakKw) {
    List<DeviceSpec> devices = new ArrayList<>();
    double kind = random.nextDouble();
    List<Profile> family = kind < 0.6 ? residential : kind < 0.85 ? commercial : industrial;
    Profile load = scaled(pick(family), peakKw);
    double powerFactor = uniform(0.9, 0.98);
    double tangent = Math.sqrt(1 - powerFactor * powerFactor) / powerFactor;
    devices.add(new PowerLoad(load));
    devices.add(new ReactiveLoad(scaled(load, significant(peakKw * tangent))));
    double heatPeakKw = significant(peakKw * uniform(0.15, 0.6));
    double cop = significant(uniform(3, 5));
    devices.add(new HeatLoad(scaled(pick(heat), heatPeakKw)));
    devices.add(new HeatPump("EHP", significant(0.8 * heatPeakKw / cop), cop, 0.8));
    devices.add(new ElectricHeater(significant(0.5 * heatPeakKw / 0.95), 0.95));
    if (random.nextDouble() < 0.35) {
      double peak = significant(peakKw * uniform(0.5, 2));
      devices.add(Renewable.photovoltaic(scaled(pick(sun), peak), 0.9));
    }
    if (random.nextDouble() < 0.05) {
      double peak = significant(peakKw * uniform(0.5, 1.5));
      devices.add(Renewable.wind(scaled(pick(wind), peak), 0.9));
    }
    if (random.nextDouble() < 0.05) {
      devices.add(
          new CombinedHeatPower(
              significant(peakKw * uniform(1, 2)), significant(uniform(0.4, 1.5)), 0.4, 0.8));
    }
    if (random.nextDouble() < 0.12) {
      double energyKwh = significant(peakKw * uniform(2, 6));
      devices.add(
          new Battery(energyKwh / 3, energyKwh, 0.3 * energyKwh, LOSS_PER_HOUR, 0.95, 0.95, 0.8));
    }
    if (random.nextDouble() < 0.05) {
      double energyKwh = significant(heatPeakKw * uniform(1, 4));
      devices.add(new HeatStore(energyKwh / 3, energyKwh, 0.3 * energyKwh, LOSS_PER_HOUR));
    }
    return devices;
  }

  /** What the devices of a node draw by the reference schedule. */
  static ReferenceSchedule reference(List<DeviceSpec> devices) {
    ReferenceSchedule schedule = new ReferenceSchedule(ProfileShapes.ROWS);
    devices.forEach(device -> device.addReference(schedule));
    return schedule;
  }

  /**
   * Draws the lines and scales them so that the reference schedule keeps the voltages. Afterwards
   * the entry of each node in reference and reactive is the flow of its line, at the root the sum.
   */
  private List<Line> lines(int[] parents, List<double[]> reference, List<double[]> reactive) {
    double[] lengthKm = new double[parents.length];
    for (int id = 1; id < parents.length; id++) {
      double drawn = 0.2 * Math.exp(0.8 * random.nextGaussian());
      lengthKm[id] = Math.min(1.5, Math.max(0.02, drawn));
    }
    // parents come before their children, so a pass from the end adds up what lies below
    for (int id = parents.length - 1; id > 0; id--) {
      double[] power = reference.get(id);
      double[] reactivePower = reactive.get(id);
      double[] powerAbove = reference.get(parents[id]);
      double[] reactiveAbove = reactive.get(parents[id]);
      Arrays.setAll(powerAbove, row -> powerAbove[row] + power[row]);
      Arrays.setAll(reactiveAbove, row -> reactiveAbove[row] + reactivePower[row]);
    }
    double dropPu = largestDropPu(parents, lengthKm, reference, reactive);
    double scale = dropPu > DROP_MAX_PU ? DROP_MAX_PU / dropPu : 1;
    List<Line> lines = new ArrayList<>();
    for (int id = 1; id < parents.length; id++) {
      lines.add(
          new Line(
              parents[id],
              id,
              significant(scale * lengthKm[id] * OHM_PER_KM),
              significant(scale * lengthKm[id] * REACTANCE_OHM_PER_KM)));
    }
    return lines;
  }

  private static double largestDropPu(
      int[] parents, double[] lengthKm, List<double[]> flowsKw, List<double[]> flowsKvar) {
    NetworkLimits limits = NetworkLimits.PUBLISHED;
    double base = limits.basePowerKw() * limits.baseImpedanceOhm();
    double largest = 0;
    double[] drop = new double[parents.length];
    for (int row = 0; row < ProfileShapes.ROWS; row++) {
      for (int id = 1; id < parents.length; id++) {
        double perKm =
            flowsKw.get(id)[row] * OHM_PER_KM + flowsKvar.get(id)[row] * REACTANCE_OHM_PER_KM;
        drop[id] = drop[parents[id]] + lengthKm[id] * perKm / base;
        largest = Math.max(largest, drop[id]);
      }
    }
    return largest;
  }

  private static GridInterface gridInterface(double[] totalKw) {
    double peakKw = Arrays.stream(totalKw).max().orElse(0);
    double limitKw = Math.ceil(1.5 * peakKw / 100) * 100;
    double[] prices = new double[ProfileShapes.ROWS];
    for (int row = 0; row < prices.length; row++) {
      double hour = row * 24.0 / prices.length;
      boolean peak = hour >= 10 && hour < 12 || hour >= 18 && hour < 21;
      prices[row] = hour < 8 ? 0.5 : peak ? 1.0 : 0.7;
    }
    Profile price = new Profile(PRICES, "pricePerKwh", 1, prices);
    return new GridInterface(limitKw, limitKw, price, scaled(price, AssumedPrices.SELL_PART), 0.8);
  }

  private static Profile scaled(Profile profile, double factor) {
    return new Profile(profile.file(), profile.column(), factor, profile.rawValues());
  }

  private Profile pick(List<Profile> profiles) {
    return profiles.get(random.nextInt(profiles.size()));
  }

  private double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Four significant digits, so that the case can be read. */
  private static double significant(double value) {
    return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3e", value));
  }
}
