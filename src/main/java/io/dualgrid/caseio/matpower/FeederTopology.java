package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.check.NominalVoltage;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.Pseudograph;

/**
 * What of a MATPOWER case is in use, and where it is fed: isolated buses and what hangs on them are
 * dropped, as MATPOWER drops them, and several reference buses at one voltage are joined.
 */
final class FeederTopology {
  private static final double SAME_VOLTAGE = 1e-9;

  private final MatpowerCase content;
  private final ImportMessages messages;
  private final Map<Integer, MBus> buses = new LinkedHashMap<>();
  private final Set<Integer> isolated = new HashSet<>();
  private final List<MBranch> branches = new ArrayList<>();
  private final List<MGenerator> generators = new ArrayList<>();
  private final Map<Integer, List<MGenerator>> generatorsAt = new HashMap<>();
  private final List<Integer> sources = new ArrayList<>();

  FeederTopology(MatpowerCase content, ImportMessages messages) {
    this.content = content;
    this.messages = messages;
    keepBuses();
    keepBranches();
    keepGenerators();
    findSources();
  }

  /** The buses in use by number, in the order of the file. */
  Map<Integer, MBus> buses() {
    return buses;
  }

  /** The branches in service between buses in use. */
  List<MBranch> branches() {
    return branches;
  }

  /** The generators in service at buses in use. */
  List<MGenerator> generators() {
    return generators;
  }

  /** The generators in service at a bus. */
  List<MGenerator> generatorsAt(int bus) {
    return generatorsAt.getOrDefault(bus, List.of());
  }

  /** The reference buses, the root first. */
  List<Integer> sources() {
    return sources;
  }

  /** Whether a bus in use is a reference bus. */
  boolean isSource(int bus) {
    return buses.get(bus).type() == MBus.REFERENCE;
  }

  /** The voltage that a reference bus holds: Vg of its generator, else Vm. */
  double setpoint(int source) {
    return generatorsAt(source).stream()
        .mapToDouble(MGenerator::voltagePu)
        .findFirst()
        .orElse(buses.get(source).voltagePu());
  }

  private void keepBuses() {
    for (MBus bus : content.buses()) {
      if (bus.type() == MBus.ISOLATED) {
        isolated.add(bus.id());
        messages.notice("bus " + bus.id(), "isolated (type 4); left out with all that is on it");
      } else if (buses.put(bus.id(), bus) != null) {
        messages.error(bus.place(), "bus_i", "" + bus.id(), "the bus is there twice", "remove one");
      }
    }
  }

  private void keepBranches() {
    for (MBranch branch : content.branches()) {
      if (!branch.inService()) {
        messages.notice("branch " + branch.ends(), "out of service (status 0); left out");
      } else if (isolated.contains(branch.from()) || isolated.contains(branch.to())) {
        messages.notice("branch " + branch.ends(), "ends at an isolated bus; left out");
      } else {
        branches.add(branch);
      }
    }
  }

  private void keepGenerators() {
    for (MGenerator generator : content.generators()) {
      String place = "generator at bus " + generator.bus();
      if (!generator.inService()) {
        messages.notice(place, "out of service; left out");
      } else if (isolated.contains(generator.bus())) {
        messages.notice(place, "at an isolated bus; left out");
      } else if (!buses.containsKey(generator.bus())) {
        messages.error(
            generator.place(), "bus", "" + generator.bus(), "there is no such bus", "correct it");
      } else {
        generators.add(generator);
        generatorsAt.computeIfAbsent(generator.bus(), bus -> new ArrayList<>()).add(generator);
      }
    }
  }

  private void findSources() {
    List<MBus> references =
        buses.values().stream().filter(bus -> bus.type() == MBus.REFERENCE).toList();
    if (references.isEmpty()) {
      messages.error("mpc.bus", "type", "", "no reference bus", "write type 3 for the substation");
      return;
    }
    MBus root = references.get(0);
    sources.add(root.id());
    NominalVoltage.complaint(root.baseKv())
        .ifPresent(
            complaint ->
                messages.error(
                    root.place(),
                    "baseKV",
                    NumberText.show(root.baseKv()),
                    complaint,
                    "write the voltage of the feeder in kV"));
    if (references.size() > 1) {
      Map<Integer, Set<Integer>> parts = parts();
      Set<Set<Integer>> fed = Collections.newSetFromMap(new IdentityHashMap<>());
      fed.add(parts.get(root.id()));
      references.stream().skip(1).forEach(bus -> join(bus, parts.get(bus.id()), fed));
    }
  }

  private void join(MBus bus, Set<Integer> part, Set<Set<Integer>> fed) {
    int root = sources.get(0);
    boolean oneVoltage =
        bus.baseKv() == buses.get(root).baseKv()
            && Math.abs(setpoint(bus.id()) - setpoint(root)) <= SAME_VOLTAGE;
    if (fed.contains(part)) {
      messages.error(
          bus.place(),
          "type",
          "3",
          "second reference bus in a part that another feeds",
          "keep one, or take a branch between them out of service; a feeder has one supply");
    } else if (!oneVoltage) {
      messages.error(
          bus.place(),
          "type",
          "3",
          "second reference bus at another voltage ("
              + NumberText.show(bus.baseKv() * setpoint(bus.id()))
              + " kV; bus "
              + root
              + " has "
              + NumberText.show(buses.get(root).baseKv() * setpoint(root))
              + " kV), so that the two cannot be joined",
          "make a file of each part, with one reference bus");
    } else {
      sources.add(bus.id());
      fed.add(part);
    }
  }

  /** The part of the network that each bus belongs to. */
  private Map<Integer, Set<Integer>> parts() {
    Graph<Integer, MBranch> graph = new Pseudograph<>(MBranch.class);
    buses.keySet().forEach(graph::addVertex);
    for (MBranch branch : branches) {
      if (buses.containsKey(branch.from()) && buses.containsKey(branch.to())) {
        graph.addEdge(branch.from(), branch.to(), branch);
      }
    }
    Map<Integer, Set<Integer>> parts = new HashMap<>();
    for (Set<Integer> part : new ConnectivityInspector<>(graph).connectedSets()) {
      part.forEach(id -> parts.put(id, part));
    }
    return parts;
  }
}
