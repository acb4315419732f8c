package io.dualgrid.network.share;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.MoneyUnit;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an operator knows of a feeder: its nodes, lines and limits, and the tariff of the grid
 * above. No device of any site.
 *
 * @param formatVersion 1
 * @param name of the feeder, the first part of its sites' names
 * @param limits of the network
 * @param usualSampling how a step stands for its profile rows where nobody asks for another way
 * @param nodes in the order of the links
 * @param lines directed away from the root; rating 0 where there is no limit
 * @param tariffPerKwh buy price of the root in currency, one a profile row
 */
public record PublicFeeder(
    int formatVersion,
    String name,
    NetworkLimits limits,
    Sampling usualSampling,
    List<PublicNode> nodes,
    List<Line> lines,
    double[] tariffPerKwh) {
  /** Its file in the operator's folder. */
  public static final String NAME = "feeder.json";

  /** Of this form. */
  static final int VERSION = 1;

  private static final long MOST_BYTES = 64L << 20;

  /**
   * A node as everybody knows it.
   *
   * @param id unique in the feeder
   * @param name for people
   */
  public record PublicNode(int id, String name) {}

  /** Copies the lists. */
  public PublicFeeder {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /** The tree of its lines. */
  public FeederTree tree() {
    return new FeederTree(ids(), lines);
  }

  /** Ids of the nodes, in the order of the links. */
  public List<Integer> ids() {
    return nodes.stream().map(PublicNode::id).toList();
  }

  /** The time grid and the bases of a run, as every party of it has them. */
  public Horizon horizon(int steps, Sampling sampling) {
    double unit = MoneyUnit.of(tariffPerKwh, limits.networkChargePerKwh());
    return Horizon.of(limits, steps, sampling, unit);
  }

  /** The tariff of the grid above. */
  public Profile tariff() {
    return new Profile(NAME, "tariffPerKwh", 1.0, tariffPerKwh);
  }

  /** Its file. */
  byte[] bytes() {
    return Json.bytes(this);
  }

  /**
   * Reads it.
   *
   * @throws CaseException naming file, place and way out
   */
  public static PublicFeeder read(Path file) {
    return of(file, bytesOf(file));
  }

  /**
   * What its file holds, for {@link #of}.
   *
   * @throws CaseException as {@link #read} does
   */
  public static byte[] bytesOf(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw bad(file, "", "is larger than " + (MOST_BYTES >> 20) + " MB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw bad(file, "", "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads what a file holds.
   *
   * @param file for messages
   * @throws CaseException as {@link #read} does
   */
  public static PublicFeeder of(Path file, byte[] bytes) {
    try {
      PublicFeeder feeder = Json.read(bytes, PublicFeeder.class);
      feeder.check(file);
      return feeder;
    } catch (JsonProcessingException e) {
      throw bad(file, JsonFault.place(e), JsonFault.reason(e));
    } catch (IOException e) {
      throw bad(file, "", "cannot be read: " + e.getMessage());
    }
  }

  private void check(Path file) {
    if (formatVersion != VERSION) {
      throw bad(file, "formatVersion", "is " + formatVersion + ", not " + VERSION);
    }
    if (name == null
        || limits == null
        || usualSampling == null
        || tariffPerKwh == null
        || nodes.isEmpty()) {
      throw bad(file, "", "lacks name, limits, usualSampling, nodes or tariffPerKwh");
    }
    if (tariffPerKwh.length != limits.profileRows()) {
      throw bad(
          file,
          "tariffPerKwh",
          "has " + tariffPerKwh.length + " values, where profileRows is " + limits.profileRows());
    }
    List<CaseProblem> problems = new ArrayList<>();
    List<Integer> roots = new ArrayList<>(ids());
    Set<Integer> ends = new HashSet<>();
    lines.forEach(line -> ends.add(line.to()));
    roots.removeAll(ends);
    new NetworkCheck(file.toString(), ids(), lines, problems::add).run(roots);
    if (!problems.isEmpty()) {
      throw new CaseException(file.toString(), problems);
    }
  }

  private static CaseException bad(Path file, String place, String what) {
    return new CaseException(
        file.toString(),
        List.of(
            new CaseProblem(
                file.toString(), place, "", "", what, "make it anew with: dualgrid split CASE")));
  }
}
