package io.dualgrid.cluster;

import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/**
 * Mutual TLS 1.3 between the machines of a cloud: both sides show the certificate of a machine, and
 * neither takes less. A machine is known by its certificate, not by its address.
 */
final class MemberTls implements SSLEngineProvider {
  private static final String VERSION = "TLSv1.3";
  private static final String ENTRY = "own";
  private static final char[] NO_PASSWORD = {}; // of a store that never leaves memory

  private final Supplier<Credentials> own;
  private final Supplier<AllowList> allowed;
  private Credentials shown;
  private SSLContext context;

  /**
   * Of a machine.
   *
   * @param own its key and certificate, as they stand at each connection
   * @param allowed who is let in, the same
   */
  MemberTls(Supplier<Credentials> own, Supplier<AllowList> allowed) {
    this.own = own;
    this.allowed = allowed;
  }

  private synchronized SSLContext context() {
    Credentials latest = own.get();
    if (latest != shown) {
      context = contextOf(latest);
      shown = latest;
    }
    return context;
  }

  private SSLContext contextOf(Credentials latest) {
    try {
      KeyStore keys = emptyStore();
      keys.setKeyEntry(
          ENTRY, latest.key(), NO_PASSWORD, latest.chain().toArray(Certificate[]::new));
      KeyManagerFactory showing =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      showing.init(keys, NO_PASSWORD);
      KeyStore authorities = emptyStore();
      authorities.setCertificateEntry(ENTRY, latest.trusted());
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(authorities);
      X509ExtendedTrustManager authority =
          Arrays.stream(trusted.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(X509ExtendedTrustManager.class::cast)
              .findFirst()
              .orElseThrow();
      SSLContext made = SSLContext.getInstance(VERSION);
      made.init(
          showing.getKeyManagers(), new TrustManager[] {new MembersOnly(authority, allowed)}, null);
      return made;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "this Java platform cannot set up TLS 1.3: " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    SSLEngine engine = engine(hostname, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    SSLEngine engine = engine(hostname, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private SSLEngine engine(String hostname, int port) {
    SSLEngine engine = context().createSSLEngine(hostname, port);
    engine.setEnabledProtocols(new String[] {VERSION});
    return engine;
  }

  /** The handshake has checked all there is to check. */
  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  /** The handshake has checked all there is to check. */
  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
