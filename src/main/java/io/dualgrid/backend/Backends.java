package io.dualgrid.backend;

import io.dualgrid.natives.NativeLibraryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * The backends of a service that are on the class path, each made once. Thread safe.
 *
 * @param <B> the service
 */
public final class Backends<B extends Backend> {
  /** Stands for the backend of the highest precedence that can be had. */
  public static final String AUTO = "auto";

  private final String service;
  private final List<B> all;

  private Backends(String service, List<B> all) {
    this.service = service;
    this.all = all;
  }

  /**
   * Finds them.
   *
   * @param type the service
   * @param service what messages call it, such as "quadratic programs"
   * @throws IllegalStateException when two have the same name
   */
  public static <B extends Backend> Backends<B> load(Class<B> type, String service) {
    List<B> found = new ArrayList<>();
    ServiceLoader.load(type, type.getClassLoader()).forEach(found::add);
    return of(service, found);
  }

  static <B extends Backend> Backends<B> of(String service, List<B> found) {
    List<B> all = new ArrayList<>(found);
    all.sort(Comparator.<B>comparingInt(B::precedence).reversed().thenComparing(B::name));
    List<String> names = new ArrayList<>(List.of(AUTO));
    for (B backend : all) {
      if (names.contains(backend.name())) {
        throw new IllegalStateException(
            "there is more than one backend of " + service + " named \"" + backend.name() + "\"");
      }
      names.add(backend.name());
    }
    return new Backends<>(service, List.copyOf(all));
  }

  /** All of them, those of the highest precedence first; their libraries may be missing. */
  public List<B> all() {
    return all;
  }

  /** Those of them that meet a condition. */
  public Backends<B> which(Predicate<B> condition) {
    return new Backends<>(service, all.stream().filter(condition).toList());
  }

  /** What {@link #named} takes. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(AUTO));
    all.forEach(backend -> names.add(backend.name()));
    return List.copyOf(names);
  }

  /**
   * The backend of a name; one that was asked for by its own name is never replaced.
   *
   * @throws NativeLibraryException when its library is missing; the message says why
   * @throws IllegalArgumentException for an unknown name
   */
  public B named(String name) {
    if (name.equals(AUTO)) {
      return best(backend -> true);
    }
    for (B backend : all) {
      if (backend.name().equals(name)) {
        backend.require();
        return backend;
      }
    }
    throw new IllegalArgumentException(
        "there is no backend of "
            + service
            + " named \""
            + name
            + "\"; there are "
            + String.join(", ", names()));
  }

  /**
   * The backend of the highest precedence that can be had and meets a condition.
   *
   * @throws IllegalStateException when none does
   */
  public B best(Predicate<B> condition) {
    return all.stream()
        .filter(condition)
        .filter(backend -> backend.status().available())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no backend of "
                        + service
                        + " that would do can be had; there are "
                        + String.join(", ", names())));
  }
}
