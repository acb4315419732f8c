package io.dualgrid.run;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Profile;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Cases in another currency. */
final class Money {
  private Money() {}

  /** The case with every price times a factor: whatever is told per kWh, and starts. */
  static GridCase times(GridCase gridCase, double factor) {
    NetworkLimits limits = (NetworkLimits) scaled(gridCase.limits(), factor);
    List<Node> nodes =
        gridCase.nodes().stream()
            .map(
                node ->
                    new Node(
                        node.id(),
                        node.name(),
                        node.devices().stream()
                            .map(device -> (DeviceSpec) scaled(device, factor))
                            .toList()))
            .toList();
    return new GridCase(
        gridCase.name(), gridCase.source(), limits, nodes, gridCase.lines(), gridCase.tree());
  }

  private static Record scaled(Object given, double factor) {
    RecordComponent[] components = given.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int k = 0; k < components.length; k++) {
        values[k] = components[k].getAccessor().invoke(given);
        types[k] = components[k].getType();
        values[k] = scaled(components[k].getName(), values[k], factor);
      }
      return (Record) given.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a record of prices: " + given.getClass(), e);
    }
  }

  private static Object scaled(String name, Object value, double factor) {
    if (value instanceof OnOff onOff) {
      return scaled(onOff, factor);
    }
    if (!name.endsWith("PerKwh") && !name.equals("startCost")) {
      return value;
    }
    return value instanceof Profile profile
        ? new Profile(
            profile.file(), profile.column(), profile.factor() * factor, profile.rawValues())
        : (Object) ((double) value * factor);
  }
}
