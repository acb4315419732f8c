package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.fuzz.Mutations;
import io.dualgrid.keys.AgreementKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OneRound
class BundleFuzzTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] RUN = new byte[16];

  /** What was not signed so is no bundle, or one that has no other bytes and is not believed. */
  @Test
  void anyBytesButTheSignedOnesAreRefused() {
    CertificateAuthority authority = new CertificateAuthority();
    SiteIdentity site =
        authority.enrol("fédér/3", NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)));
    byte[] signed =
        site.sign(
                KeyBundle.of(
                    RUN,
                    1,
                    3,
                    true,
                    AgreementKey.generate().publicKey(),
                    AgreementKey.generate().publicKey(),
                    Map.of()))
            .toBytes();
    TrustAnchor anchor = authority.anchor();
    Mutations.each(
        20_000,
        List.of(signed),
        bytes -> {
          SignedKeyBundle read;
          try {
            read = SignedKeyBundle.fromBytes(bytes);
          } catch (AuthenticationException e) {
            assertThat(e.getMessage()).contains("a signed key bundle");
            return;
          }
          assertThat(read.toBytes()).isEqualTo(bytes);
          if (!Arrays.equals(bytes, signed)) {
            assertThatThrownBy(() -> anchor.verify(read, "fédér/3", 3, RUN, 1, NOW))
                .isInstanceOf(AuthenticationException.class);
          }
        });
  }
}
