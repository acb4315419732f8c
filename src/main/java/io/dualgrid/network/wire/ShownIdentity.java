package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What one end shows at each handshake: the certificate that it has by then. One that is renewed is
 * shown without a restart, and connections that stand are not touched. Keys stay as they are: a key
 * store would encrypt them first, under a password of nobody, for as long as a handshake takes.
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
    return choose(keyType);
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose(keyTypes);
  }

  private String choose(String... keyTypes) {
    Credentials now = own.get();
    if (!List.of(keyTypes).contains(now.key().getAlgorithm())) {
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
    return choose(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {own.get().name()};
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return getServerAliases(keyType, issuers);
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose(keyTypes);
  }
}
