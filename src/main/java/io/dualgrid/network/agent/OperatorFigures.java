package io.dualgrid.network.agent;

import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.run.IterationRecord;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an operator's process tells whoever watches over it: of what it learns by the threat model,
 * when each message comes and how long it is. No sum is among it.
 */
final class OperatorFigures {
  private static final String MESSAGES = "dualgrid_operator_messages_total";
  private static final String BYTES = "dualgrid_operator_message_bytes_total";
  private static final String COUNTED = "Messages of the protocol.";
  private static final String MEASURED = "Bytes of messages, without those of TLS.";
  private static final String WAY = "way";

  private final Metrics metrics;
  private final LongAdder iterations;
  private final LongAdder epochs;
  private final LongAdder[] messages;
  private final LongAdder[] bytes;
  private volatile double seconds;

  OperatorFigures(Metrics metrics) {
    this.metrics = metrics;
    iterations = metrics.counter("dualgrid_operator_iterations_total", "Iterations that ended.");
    epochs =
        metrics.counter(
            "dualgrid_operator_epochs_total", "Epochs begun: one more than there were pauses.");
    messages =
        new LongAdder[] {
          metrics.counter(MESSAGES, COUNTED, WAY, "received"),
          metrics.counter(MESSAGES, COUNTED, WAY, "sent")
        };
    bytes =
        new LongAdder[] {
          metrics.counter(BYTES, MEASURED, WAY, "received"),
          metrics.counter(BYTES, MEASURED, WAY, "sent")
        };
    metrics.gauge(
        "dualgrid_operator_run_seconds",
        "Time from the first iteration to the end of the last.",
        () -> seconds);
  }

  /** Counts what passes before another tap sees it. */
  MessageTap counting(MessageTap tap) {
    return (way, edge, message) -> {
      int sent = way == MessageTap.Way.FROM_OPERATOR ? 1 : 0;
      messages[sent].increment();
      bytes[sent].add(message.length);
      return tap.pass(way, edge, message);
    };
  }

  /** Tells who is there from now on. */
  void of(SessionServer sessions) {
    metrics.gauge(
        "dualgrid_operator_sites", "Sites that connect here, or relays.", sessions::edges);
    metrics.gauge(
        "dualgrid_operator_sites_connected",
        "Those of them that have been let in.",
        () -> sessions.edges() - sessions.absent().size());
    metrics.gauge(
        "dualgrid_operator_refusals",
        "Different reasons why somebody was refused since all sites were there.",
        sessions::refusals);
  }

  void waiting() {
    metrics.state("waiting for sites");
  }

  void epoch() {
    epochs.increment();
    metrics.state("running");
  }

  void iteration(IterationRecord iteration) {
    iterations.increment();
    seconds = iteration.elapsedSeconds();
  }

  void ended() {
    metrics.state("ended");
  }
}
