package io.dualgrid.network.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dualgrid.network.wire.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics}, for Prometheus, and {@code /health}: 200 as long as the process answers,
 * with what it is doing. Plain HTTP without a password: for this machine, or for whoever may know.
 */
public final class MetricsServer implements AutoCloseable {
  private static final String FIGURES = "text/plain; version=0.0.4; charset=utf-8";
  private static final String WORDS = "text/plain; charset=utf-8";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int NOTHING_FOLLOWS = -1;

  private final HttpServer server;
  private final ExecutorService thread;

  /**
   * Begins to serve.
   *
   * @throws IOException when it cannot listen there
   */
  public MetricsServer(Endpoint listen, Metrics metrics) throws IOException {
    server = HttpServer.create(new InetSocketAddress(listen.host(), listen.port()), 0);
    thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread own = new Thread(work, "metrics");
              own.setDaemon(true);
              return own;
            });
    server.setExecutor(thread);
    serve("/metrics", FIGURES, metrics::text);
    serve("/health", WORDS, () -> metrics.state() + "\n");
    server.start();
  }

  private void serve(String path, String type, Supplier<String> text) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer(exchange, path, type, text);
          }
        });
  }

  private static void answer(HttpExchange exchange, String path, String type, Supplier<String> text)
      throws IOException {
    String method = exchange.getRequestMethod();
    if (!exchange.getRequestURI().getPath().equals(path)) {
      exchange.sendResponseHeaders(NOT_FOUND, NOTHING_FOLLOWS);
    } else if (method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(OK, NOTHING_FOLLOWS);
    } else if (!method.equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(NOT_ALLOWED, NOTHING_FOLLOWS);
    } else {
      byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(OK, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
