package io.dualgrid.network.wire;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a party listens.
 *
 * @param host name or address
 * @param port 1 to 65535; 0 for any that is free, when listening
 */
public record Endpoint(String host, int port) {
  private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):(\\d{1,5})");
  private static final int MOST_PORT = 65535;

  /**
   * Reads HOST:PORT, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException saying what it should be
   */
  public static Endpoint parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (parts.matches() && Integer.parseInt(parts.group(2)) <= MOST_PORT) {
      return new Endpoint(parts.group(1), Integer.parseInt(parts.group(2)));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address; write HOST:PORT, such as grid.example.org:7400");
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
