package io.dualgrid.cli;

import io.dualgrid.network.wire.Endpoint;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a party waits for others. */
final class PartyOptions {
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

  /** Reads addresses, for the command line. */
  static Endpoint endpoint(String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new picocli.CommandLine.TypeConversionException(e.getMessage());
    }
  }
}
