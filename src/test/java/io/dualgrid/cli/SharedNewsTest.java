package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedNewsTest {
  private final StringWriter told = new StringWriter();
  private final AtomicLong seconds = new AtomicLong();
  private final SharedNews news =
      new SharedNews(
          Terminal.plain(new PrintWriter(told, true), new PrintWriter(told, true)),
          () -> TimeUnit.SECONDS.toNanos(seconds.get()));

  @Test
  void whatHappensToAllIsToldOnce() {
    for (int site = 0; site < 1000; site++) {
      news.tell("the operator is lost");
    }
    news.tell("the cloud is lost");

    assertThat(told.toString().lines())
        .containsExactly("the operator is lost", "the cloud is lost");
  }

  @Test
  void whatHappensAgainIsToldAgain() {
    news.tell("the operator is lost");
    seconds.set(11);
    news.tell("the operator is lost");

    assertThat(told.toString().lines()).hasSize(2);
  }
}
