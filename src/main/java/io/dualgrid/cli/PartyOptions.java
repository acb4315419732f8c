package io.dualgrid.cli;

import io.dualgrid.network.wire.Endpoint;
import java.time.Duration;
import java.util.function.IntConsumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long a party waits for others. */
final class PartyOptions {
  /** What precedes the address on the line that tells it. */
  static final String LISTENING = "listening on ";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for others to come (default: ${DEFAULT-VALUE}).")
  private int wait;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long others may say nothing during a run before it is given up (default:"
              + " ${DEFAULT-VALUE}).")
  private int deadline;

  Duration patience() {
    return Duration.ofSeconds(wait);
  }

  Duration deadline() {
    return Duration.ofSeconds(deadline);
  }

  /** Tells where a party listens, for people and for who has started it. */
  static IntConsumer listening(Terminal terminal, Endpoint listen) {
    return port -> {
      terminal.out().println(LISTENING + new Endpoint(listen.host(), port));
      terminal.out().flush();
    };
  }

  /** Reads addresses, for the command line. */
  static Endpoint endpoint(String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
