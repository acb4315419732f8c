package io.dualgrid.runtime;

import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Transport;
import java.util.ArrayList;
import java.util.List;

/** A transport of which every byte passes a tap. */
public final class TappedTransport implements Transport {
  private final Transport transport;
  private final MessageTap tap;

  /** Over another transport. */
  public TappedTransport(Transport transport, MessageTap tap) {
    this.transport = transport;
    this.tap = tap;
  }

  @Override
  public int edges() {
    return transport.edges();
  }

  @Override
  public void send(int edge, byte[] bytes) {
    tap.pass(Way.FROM_OPERATOR, edge, bytes).forEach(passed -> transport.send(edge, passed));
  }

  @Override
  public List<Arrival> receive() {
    List<Arrival> arrivals = transport.receive();
    List<Arrival> passed = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      tap.pass(Way.TO_OPERATOR, arrival.edge(), arrival.bytes())
          .forEach(bytes -> passed.add(new Arrival(arrival.edge(), bytes)));
    }
    return passed;
  }
}
