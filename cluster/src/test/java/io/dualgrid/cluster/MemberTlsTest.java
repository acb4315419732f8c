package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.wire.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the cluster at the port where its machines talk to each other. */
class MemberTlsTest {
  /**
   * Who is refused is told, however late; who is let in hears nothing, since it is to speak first.
   */
  private static final int SILENCE_MILLIS = 3_000;

  private static final int PATIENCE_MILLIS = (int) (1_000 * Machines.PATIENCE_SECONDS);

  @TempDir private Path folder;
  private Machines machines;
  private ClusterWorker worker;

  /** Believes any server, as an attacker may. */
  private static final class Gullible implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // it serves nobody
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // it does not care
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @BeforeEach
  void start() throws IOException {
    machines = new Machines(folder, 2);
    worker = new ClusterWorker(machines.configs.get(0));
    worker.joined().join();
  }

  @AfterEach
  void end() {
    worker.close();
  }

  private static KeyManager[] shown(Credentials own) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(keys, new char[0]);
    return factory.getKeyManagers();
  }

  /** Whether the machine still listens after a time to who shows this. */
  private boolean letIn(KeyManager[] shown, String version, int millis) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown, new TrustManager[] {new Gullible()}, null);
    Endpoint own = machines.configs.get(0).own();
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(own.host(), own.port())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setSoTimeout(millis);
      socket.startHandshake();
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean refused(Path party) throws Exception {
    return !letIn(shown(PartyFolder.of(party).credentials()), "TLSv1.3", PATIENCE_MILLIS);
  }

  @Test
  void aMachineIsLetInUntilItIsRevoked() throws Exception {
    KeyManager[] second = shown(PartyFolder.of(machines.configs.get(1).folder()).credentials());
    assertThat(letIn(second, "TLSv1.3", SILENCE_MILLIS)).isTrue();
    machines.authority.revoke("cloud/2");
    machines.handOutList(machines.configs.get(0).folder());
    assertThat(refused(machines.configs.get(1).folder())).isTrue();
  }

  @Test
  void nobodyElseIs() throws Exception {
    assertThat(letIn(null, "TLSv1.3", PATIENCE_MILLIS)).as("without a certificate").isFalse();
    for (String party : new String[] {"site/6-bus/3", "operator", "cloud"}) {
      Path enrolled = machines.enrol(party);
      machines.handOutList(machines.configs.get(0).folder());
      assertThat(refused(enrolled)).as(party).isTrue();
    }
    Path later = machines.enrol("cloud/9");
    assertThat(refused(later)).as("one that is not on the list").isTrue();
    Path foreign =
        Machines.enrol(
            Authority.init(folder.resolve("other")), folder.resolve("foreign"), "cloud/1");
    assertThat(refused(foreign)).as("of another authority").isTrue();
    KeyManager[] machine = shown(PartyFolder.of(machines.configs.get(1).folder()).credentials());
    assertThat(letIn(machine, "TLSv1.2", PATIENCE_MILLIS))
        .as("a machine that asks for less")
        .isFalse();
  }

  @Test
  void plainBytesAreNotTaken() throws Exception {
    Endpoint own = machines.configs.get(0).own();
    try (Socket socket = new Socket(own.host(), own.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      // how a connection without TLS would begin
      socket.getOutputStream().write("PEKK\u0001".getBytes(StandardCharsets.ISO_8859_1));
      byte[] heard = socket.getInputStream().readAllBytes();
      // an alert of TLS (type 21), and the end
      assertThat(heard.length == 0 || heard[0] == 21).isTrue();
    }
  }

  @Test
  void aMachineStartsOnlyAsOne() throws Exception {
    WorkerConfig good = machines.configs.get(1);
    for (String party : new String[] {"site/6-bus/4", "operator", "cloud"}) {
      Path enrolled = machines.enrol(party);
      machines.handOutList(enrolled);
      WorkerConfig config =
          new WorkerConfig(
              enrolled,
              good.own(),
              good.machines(),
              good.sites(),
              good.qp(),
              good.threads(),
              good.mostBytes());
      assertThatThrownBy(() -> new ClusterWorker(config))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining(party + ", no machine of a cloud");
    }
  }
}
