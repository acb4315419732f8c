package io.dualgrid.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sums the operator learns, as the threat model tells it, against what parties do. */
class ThreatModelSumsTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z ]+)` \\| ([^|]+) \\|");

  /** Orders that no sum answers: decisions, and such as have copies sent. */
  private static final Set<String> UNANSWERED =
      Set.of(
          "start",
          "solve all",
          "move",
          "adopt",
          "finish",
          "newton rows",
          "newton move",
          "newton keep");

  /** What sums say, by the order that asks for them. */
  private static Map<String, String> told() throws IOException {
    Map<String, String> told = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs/threat-model.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(told.put(row.group(1), row.group(2))).as(line).isNull();
      }
    }
    return told;
  }

  private static String words(MessageType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Test
  void everyOrderIsToldOrUnanswered() throws IOException {
    Set<String> orders = new TreeSet<>(told().keySet());
    orders.addAll(UNANSWERED);
    assertThat(Arrays.stream(Broadcast.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .as("an order that docs/threat-model.md says nothing of")
        .containsExactlyInAnyOrderElementsOf(
            orders.stream().map(ThreatModelSumsTest::name).toList());
  }

  /** The record of an order. */
  private static String name(String words) {
    StringBuilder name = new StringBuilder();
    for (String word : words.split(" ")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }

  @Test
  void whatTheAuditListsIsToldInTheSameWords() throws IOException {
    Map<String, String> told = told();
    for (MessageType type : MessageType.values()) {
      SumKinds.listed(type).ifPresent(says -> assertThat(told).containsEntry(words(type), says));
    }
  }

  /** The sums of real runs; encrypted ones are asked for by the same orders. */
  @ParameterizedTest
  @CsvSource({
    "NEWTON, STRICT, ask agreement",
    "ACCELERATED, STRICT, ask bound",
    "ACCELERATED, PUBLISHED, sweep",
    "PUBLISHED, PUBLISHED, ask residuals"
  })
  void everySumOfARunIsTold(Algorithm algorithm, Stopping stopping, String one) throws IOException {
    SumRecorder recorder = new SumRecorder();
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(algorithm)
            .stopping(stopping)
            .maxIterations(30)
            .threads(1)
            .build();
    DispatchEngine.run(CaseLocator.read("6-bus"), settings, RunObserver.NONE, recorder);
    Set<String> asked = new TreeSet<>();
    recorder.sums().forEach(round -> asked.add(words(round.type())));

    assertThat(asked).contains(one);
    assertThat(told().keySet()).containsAll(asked);
  }
}
