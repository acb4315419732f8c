package io.dualgrid.network.log;

import java.util.Map;
import org.slf4j.MDC;

/**
 * What all lines of a thread say of the moment: party, run, epoch. Threads of gRPC know nothing of
 * it, so whoever is called on them takes along what held when it was made.
 *
 * @param fields by name
 */
public record LogContext(Map<String, String> fields) {
  private static final String PARTY = "party";
  private static final String RUN = "run";
  private static final String EPOCH = "epoch";

  /** Copies the fields. */
  public LogContext {
    fields = Map.copyOf(fields);
  }

  /** Of this thread, now. */
  public static LogContext current() {
    Map<String, String> now = MDC.getCopyOfContextMap();
    return new LogContext(now == null ? Map.of() : now);
  }

  /** This thread works for a party from now on, in no run yet. */
  public static void party(String name) {
    MDC.clear();
    MDC.put(PARTY, name);
  }

  /** This thread works on a run from now on. */
  public static void run(String name) {
    MDC.put(RUN, name);
    MDC.remove(EPOCH);
  }

  /** An epoch of the run has begun. */
  public static void epoch(int number) {
    MDC.put(EPOCH, Integer.toString(number));
  }

  /** Carries an action out in this context, on whatever thread. */
  public void with(Runnable action) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    MDC.setContextMap(fields);
    try {
      action.run();
    } finally {
      MDC.clear();
      if (before != null) {
        MDC.setContextMap(before);
      }
    }
  }
}
