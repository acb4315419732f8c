package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What a server shows at each handshake: the certificate that it has by then. One that is renewed
 * is shown without a restart, and connections that stand are not touched.
 */
final class ShownIdentity extends X509ExtendedKeyManager {
  private final Supplier<Credentials> own;

  /** Of the handshake that a thread is in: its key and its certificate are of one reading. */
  private final ThreadLocal<Credentials> shown = new ThreadLocal<>();

  ShownIdentity(Supplier<Credentials> own) {
    this.own = own;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    Credentials now = own.get();
    if (!now.key().getAlgorithm().equals(keyType)) {
      return null;
    }
    shown.set(now);
    return now.name();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return shown().chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return shown().key();
  }

  private Credentials shown() {
    Credentials chosen = shown.get();
    return chosen == null ? own.get() : chosen;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {own.get().name()};
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0]; // a server dials nobody
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
