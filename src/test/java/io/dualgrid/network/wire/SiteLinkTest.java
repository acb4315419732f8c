package io.dualgrid.network.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class SiteLinkTest {
  /** As Netty tells it where the operator is killed between its part of the handshake and ours. */
  @Test
  void aHandshakeThatCannotBeWrittenIsNoDistrust() {
    assertThat(
            SiteLink.isDistrust(
                new SSLException(
                    "failure when writing TLS control frames",
                    new IOException("Connection reset by peer"))))
        .isFalse();
    assertThat(SiteLink.isDistrust(new IOException("Broken pipe"))).isFalse();
    assertThat(SiteLink.isDistrust(null)).isFalse();
  }

  /** As the platform tells them. */
  @Test
  void certificatesThatAreNotBelievedAreDistrust() {
    SSLHandshakeException unknown = new SSLHandshakeException("path building failed");
    unknown.initCause(new CertificateException("unable to find a path"));

    assertThat(SiteLink.isDistrust(unknown)).isTrue();
    assertThat(SiteLink.isDistrust(new RuntimeException(unknown))).isTrue();
    assertThat(SiteLink.isDistrust(new SSLException("Received fatal alert: bad_certificate")))
        .isTrue();
  }
}
