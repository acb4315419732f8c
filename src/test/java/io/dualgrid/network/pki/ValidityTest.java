package io.dualgrid.network.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When certificates hold, what is said when they do not, and new ones in the place of old. */
class ValidityTest {
  @TempDir private Path temporary;
  private Authority authority;
  private PartyFolder party;

  @BeforeEach
  void enrol() {
    authority = Authority.init(temporary.resolve("authority"));
    Path folder = temporary.resolve("site");
    PartyFolder.init(folder, "site/6-bus/3");
    party = PartyFolder.of(folder);
  }

  private Validity signed(Duration validity) {
    authority.sign(party.request(), party.certificate(), validity);
    return party.validity();
  }

  @Test
  void whatHasRunOutIsRefusedWithTheWayOut() {
    Validity validity = signed(Duration.ofHours(1));

    assertThatCode(() -> validity.require(Instant.now())).doesNotThrowAnyException();
    assertThatThrownBy(() -> validity.require(Instant.now().plus(Duration.ofHours(2))))
        .isInstanceOf(PkiException.class)
        .hasMessageContainingAll(
            party.certificate().toString(),
            "ran out at " + validity.until(),
            party.request().toString(),
            "dualgrid ca sign");
  }

  /** Certificates are dated back five minutes, for clocks that differ a little. */
  @Test
  void aClockThatIsBehindIsNamed() {
    Validity validity = signed(Duration.ofHours(1));

    assertThatCode(() -> validity.require(Instant.now().minus(Duration.ofMinutes(4))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> validity.require(Instant.now().minus(Duration.ofMinutes(6))))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("set the clock right");
  }

  @Test
  void anEndThatIsNearIsTold() {
    assertThat(signed(Duration.ofDays(15)).warning(Instant.now())).isEmpty();
    Validity validity = signed(Duration.ofDays(13));
    assertThat(validity.warning(Instant.now())).get().asString().contains("runs out at");
    assertThat(validity.warning(validity.until().plusSeconds(1)))
        .get()
        .asString()
        .contains("ran out at");
  }

  /** The name, the nameless one for clouds, and what signs keys within runs, all at once. */
  @Test
  void allCertificatesOfASiteRunOutTogether() {
    Validity validity = signed(Duration.ofHours(5));

    Instant named = party.credentials().notAfter();
    assertThat(party.clientCredentials().notAfter()).isEqualTo(named);
    assertThat(validity.until()).isEqualTo(named);
  }

  @Test
  void whatIsWatchedIsTheLatestThatCouldBeRead() throws IOException {
    signed(Duration.ofHours(1));
    Watched<Credentials> watched = Watched.credentials(party);
    Credentials first = watched.get();
    signed(Duration.ofHours(2));
    Credentials second = watched.get();

    assertThat(second.notAfter()).isAfter(first.notAfter());

    byte[] whole = Files.readAllBytes(party.certificate());
    Files.write(party.certificate(), java.util.Arrays.copyOf(whole, whole.length / 3));
    assertThat(watched.get()).as("half copied").isEqualTo(second);
    Path other = temporary.resolve("other");
    PartyFolder.init(other, "site/6-bus/3");
    PartyFolder stranger = PartyFolder.of(other);
    authority.sign(stranger.request(), stranger.certificate(), Duration.ofHours(3));
    Files.copy(stranger.certificate(), party.certificate(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(watched.get()).as("of another key").isEqualTo(second);
    Files.write(party.certificate(), whole);
    assertThat(watched.get().certificate()).isEqualTo(second.certificate());
  }
}
