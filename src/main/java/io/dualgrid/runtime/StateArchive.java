package io.dualgrid.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries the state of the parties out of a run or into one, by name. A party has one method for
 * both ways, so what is kept and what is taken up again cannot differ.
 */
public abstract class StateArchive {
  private String prefix = "";

  /** Keeps an array, or overwrites it by what was kept. */
  public final void array(String name, double[] values) {
    transfer(prefix + name, values);
  }

  /** Keeps a number and returns it, or returns the one that was kept. */
  public final double number(String name, double value) {
    double[] single = {value};
    transfer(prefix + name, single);
    return single[0];
  }

  /** The same for a count. */
  public final int count(String name, int value) {
    return (int) number(name, value);
  }

  /** The same for a yes or no. */
  public final boolean flag(String name, boolean value) {
    return number(name, value ? 1.0 : 0.0) != 0.0;
  }

  /** Everything that the action names goes under a name of its own. */
  public final void within(String name, Runnable action) {
    String outer = prefix;
    prefix = outer + name + '/';
    action.run();
    prefix = outer;
  }

  abstract void transfer(String name, double[] values);

  /** Copies state out. */
  public static final class Saving extends StateArchive {
    private final Map<String, double[]> kept = new LinkedHashMap<>();

    @Override
    void transfer(String name, double[] values) {
      if (kept.put(name, values.clone()) != null) {
        throw new IllegalStateException("two parts of the state are called " + name);
      }
    }

    /** What was copied, by name. */
    public Map<String, double[]> kept() {
      return kept;
    }
  }

  /** Copies state in. */
  public static final class Restoring extends StateArchive {
    private final Map<String, double[]> left;

    /** From what was kept, not modified. */
    public Restoring(Map<String, double[]> kept) {
      left = new LinkedHashMap<>(kept);
    }

    @Override
    void transfer(String name, double[] values) {
      double[] kept = left.remove(name);
      if (kept == null) {
        throw new StateException("the state lacks '" + name + "'");
      }
      if (kept.length != values.length) {
        throw new StateException(
            "'" + name + "' has " + kept.length + " values, not " + values.length);
      }
      if (Arrays.stream(kept).anyMatch(Double::isNaN)) {
        throw new StateException("'" + name + "' is not a number");
      }
      System.arraycopy(kept, 0, values, 0, values.length);
    }

    /** Everything has been taken up. */
    public void finish() {
      if (!left.isEmpty()) {
        throw new StateException(
            "the state holds '" + left.keySet().iterator().next() + "', which no party knows");
      }
    }
  }
}
