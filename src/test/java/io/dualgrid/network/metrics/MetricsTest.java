package io.dualgrid.network.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.network.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Expected texts are those of the description of the format, version 0.0.4. */
class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void samplesOfANameStandTogetherUnderItsHelpAndType() {
    metrics.counter("dualgrid_b_total", "Counted.", "way", "up").add(3);
    metrics.gauge("dualgrid_a", "Asked.", () -> 0.25);
    metrics.counter("dualgrid_b_total", "Counted.", "way", "down");

    assertThat(metrics.text())
        .isEqualTo(
            """
            # HELP dualgrid_a Asked.
            # TYPE dualgrid_a gauge
            dualgrid_a 0.25
            # HELP dualgrid_b_total Counted.
            # TYPE dualgrid_b_total counter
            dualgrid_b_total{way="up"} 3
            dualgrid_b_total{way="down"} 0
            """);
  }

  /** Backslash, line feed, and in values of labels the quotation mark. */
  @Test
  void whatHasAMeaningIsEscaped() {
    metrics.gauge("dualgrid_a", "a\\b\n\"c\"", () -> 1, "site", "a\\b\n\"c\"");

    assertThat(metrics.text())
        .isEqualTo(
            "# HELP dualgrid_a a\\\\b\\n\"c\"\n# TYPE dualgrid_a gauge\n"
                + "dualgrid_a{site=\"a\\\\b\\n\\\"c\\\"\"} 1\n");
  }

  @Test
  void valuesAreThoseOfGo() {
    metrics.gauge("dualgrid_a", "A.", () -> Double.POSITIVE_INFINITY);
    metrics.gauge("dualgrid_b", "B.", () -> Double.NEGATIVE_INFINITY);
    metrics.gauge("dualgrid_c", "C.", () -> Double.NaN);
    metrics.gauge("dualgrid_d", "D.", () -> 1e300);

    assertThat(metrics.text())
        .contains("dualgrid_a +Inf\n", "dualgrid_b -Inf\n", "dualgrid_c NaN\n")
        .contains("dualgrid_d 1.0E300\n");
  }

  /** No sample comes twice: a run after another counts anew. */
  @Test
  void theSameAgainTakesItsPlace() {
    metrics.counter("dualgrid_a_total", "A.", "site", "1").add(7);
    metrics.counter("dualgrid_a_total", "A.", "site", "1").add(2);

    assertThat(metrics.text().lines().filter(line -> !line.startsWith("#")))
        .containsExactly("dualgrid_a_total{site=\"1\"} 2");
  }

  @Test
  void namesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> metrics.gauge("dualgrid-a", "A.", () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.gauge("dualgrid_a", "A.", () -> 1, "le-ft", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.counter("dualgrid_a", "A."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("_total");
    metrics.gauge("dualgrid_a_total", "A.", () -> 1);
    assertThatThrownBy(() -> metrics.counter("dualgrid_a_total", "A."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isServedToWhoeverAsksAndNothingElse() throws IOException, InterruptedException {
    metrics.gauge("dualgrid_a", "A.", () -> 4);
    metrics.state("running");
    try (MetricsServer server = new MetricsServer(new Endpoint("127.0.0.1", 0), metrics)) {
      HttpResponse<String> figures = ask(server, "GET", "/metrics");
      assertThat(figures.statusCode()).isEqualTo(200);
      assertThat(figures.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(figures.body()).isEqualTo(metrics.text()).endsWith("dualgrid_a 4\n");
      assertThat(ask(server, "GET", "/health").body()).isEqualTo("running\n");
      assertThat(ask(server, "HEAD", "/metrics").statusCode()).isEqualTo(200);
      assertThat(ask(server, "POST", "/metrics").statusCode()).isEqualTo(405);
      assertThat(ask(server, "GET", "/metrics/more").statusCode()).isEqualTo(404);
      assertThat(ask(server, "GET", "/").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> ask(MetricsServer server, String method, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
