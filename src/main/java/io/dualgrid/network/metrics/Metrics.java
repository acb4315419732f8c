package io.dualgrid.network.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * Figures under names, as Prometheus reads them (text exposition format 0.0.4). Thread safe.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class Metrics {
  private static final Pattern NAME = Pattern.compile("dualgrid_[a-z][a-z0-9_]*");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String TOTAL = "_total";

  private final Map<String, Family> families = new TreeMap<>();
  private volatile String state = "starting";

  private record Sample(String labels, DoubleSupplier value) {}

  private record Family(String type, String help, List<Sample> samples) {}

  /**
   * Something that is counted from zero on.
   *
   * @param name ends with _total
   * @param labels names and values in turn
   */
  public LongAdder counter(String name, String help, String... labels) {
    if (!name.endsWith(TOTAL)) {
      throw new IllegalArgumentException(name + ": names of counters end with " + TOTAL);
    }
    LongAdder count = new LongAdder();
    add("counter", name, help, count::sum, labels);
    return count;
  }

  /**
   * Something that is asked for.
   *
   * @param value called on any thread
   * @param labels names and values in turn
   */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    add("gauge", name, help, value, labels);
  }

  private synchronized void add(
      String type, String name, String help, DoubleSupplier value, String... labels) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(name + " is no name of a figure");
    }
    Family family = families.computeIfAbsent(name, n -> new Family(type, help, new ArrayList<>()));
    if (!family.type().equals(type) || !family.help().equals(help)) {
      throw new IllegalArgumentException(name + " is said to be two things");
    }
    String text = text(labels);
    // the same again is of a new run in this process
    family.samples().removeIf(sample -> sample.labels().equals(text));
    family.samples().add(new Sample(text, value));
  }

  private static String text(String... labels) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k + 1 < labels.length; k += 2) {
      if (!LABEL.matcher(labels[k]).matches()) {
        throw new IllegalArgumentException(labels[k] + " is no name of a label");
      }
      text.append(k == 0 ? "" : ",").append(labels[k]).append("=\"");
      text.append(escaped(labels[k + 1]).replace("\"", "\\\"")).append('"');
    }
    return text.isEmpty() ? "" : "{" + text + "}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  /** What the process is doing now, in a word or two. */
  public void state(String now) {
    state = now;
  }

  /** See {@link #state(String)}. */
  public String state() {
    return state;
  }

  /** All figures now. */
  public synchronized String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(escaped(family.help()));
          text.append("\n# TYPE ").append(name).append(' ').append(family.type()).append('\n');
          for (Sample sample : family.samples()) {
            text.append(name).append(sample.labels()).append(' ');
            text.append(number(sample.value().getAsDouble())).append('\n');
          }
        });
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
