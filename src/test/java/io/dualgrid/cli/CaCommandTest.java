package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.PartyFolder;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long certificates hold, and a process whose certificates do not. */
@OneRound
class CaCommandTest {
  @TempDir private Path temporary;
  private final StringWriter said = new StringWriter();
  private Path folder;
  private PartyFolder party;

  @BeforeEach
  void enrol() {
    Authority.init(temporary.resolve("authority"));
    folder = temporary.resolve("cloud");
    PartyFolder.init(folder, "cloud");
    party = PartyFolder.of(folder);
  }

  private int sign(List<String> validity) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "ca",
                "sign",
                temporary.resolve("authority").toString(),
                party.request().toString(),
                "--out",
                party.certificate().toString()));
    words.addAll(validity);
    return CommandLineRun.of(said, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"--hours, 7, PT7H", "--days, 40, P40D", ", , P365D"})
  void certificatesHoldAsLongAsSaid(String option, String value, Duration validity) {
    Instant before = Instant.now().minusSeconds(1); // certificates count whole seconds
    assertThat(sign(option == null ? List.of() : List.of(option, value))).isZero();

    assertThat(party.validity().until())
        .isBetween(before.plus(validity), Instant.now().plus(validity));
  }

  @ParameterizedTest
  @CsvSource({"--hours=0", "--days=-1", "--days=1 --hours=1"})
  void aValidityThatMakesNoSenseIsRefused(String options) {
    assertThat(sign(List.of(options.split(" ")))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.toString()).contains(options.substring(0, options.indexOf('=')));
  }

  @Test
  void aProcessDoesNotStartWithCertificatesThatHaveRunOut() {
    Authority.open(temporary.resolve("authority"))
        .sign(party.request(), party.certificate(), Duration.ofMinutes(-1));

    int code = CommandLineRun.of(said, "cloud", folder.toString(), "--listen", "127.0.0.1:0");
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.toString())
        .contains(party.certificate() + ": ran out at", "dualgrid ca sign")
        .doesNotContain("listening");
  }
}
