package io.dualgrid.device;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of devices that are on the class path, in the order in which they are listed. */
public final class DeviceKinds {
  private static final Map<String, DeviceKind> KINDS = load();

  private DeviceKinds() {}

  private static Map<String, DeviceKind> load() {
    Map<String, DeviceKind> kinds = new LinkedHashMap<>();
    for (DeviceKind kind :
        ServiceLoader.load(DeviceKind.class, DeviceKind.class.getClassLoader())) {
      if (kinds.putIfAbsent(kind.name(), kind) != null) {
        throw new IllegalStateException("there are two kinds of devices named " + kind.name());
      }
    }
    return kinds;
  }

  /** All of them. */
  public static Collection<DeviceKind> all() {
    return java.util.Collections.unmodifiableCollection(KINDS.values());
  }

  /** The kind of a name, if there is one. */
  public static Optional<DeviceKind> find(String name) {
    return Optional.ofNullable(KINDS.get(name));
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DeviceKind of(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("no kind of device is named " + name));
  }
}
