package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.run.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What sites say first, and what the operator answers. Thread safe. */
final class Doorway implements SessionServer.Doorkeeper {
  private final PublicFeeder feeder;
  private final RunSettings settings;
  private final int checkpointEvery;
  private final RunMemory memory;
  private final List<List<Integer>> kept = new ArrayList<>();

  /** For the run that the memory is of. */
  Doorway(PublicFeeder feeder, RunSettings settings, int checkpointEvery, RunMemory memory) {
    this.feeder = feeder;
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.memory = memory;
    feeder.ids().forEach(node -> kept.add(List.of()));
  }

  @Override
  public byte[] answer(int edge, byte[] bytes) {
    Hello hello = Said.read(bytes, Hello.class, "a hello that cannot be read");
    int version = Versions.choose(hello.versions());
    int node = feeder.ids().get(edge);
    if (!feeder.name().equals(hello.feeder()) || hello.node() != node) {
      throw new WireException("the certificate is of node " + node + " of " + feeder.name());
    }
    synchronized (this) {
      kept.set(edge, hello.run().equals(memory.runName()) ? hello.kept() : List.of());
    }
    RunId run = memory.run();
    return Json.bytes(
        new Terms(
            version, run.high(), run.low(), edge, settings, feeder.limits(), checkpointEvery));
  }

  /** The last iteration after which all have kept their state; 0 is the start. */
  synchronized int lastCommon() {
    NavigableSet<Integer> common = new TreeSet<>(memory.kept());
    kept.forEach(common::retainAll);
    return common.isEmpty() ? 0 : common.last();
  }
}
