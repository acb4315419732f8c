package io.dualgrid.cluster;

import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PkiException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes the certificate of a machine of the cloud, and of nobody else whom the same authority
 * certifies: sites and the operator are never members. The list says which, so that one can be
 * taken off it.
 */
final class MembersOnly extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authority;
  private final Supplier<AllowList> allowed;

  /**
   * Of an authority.
   *
   * @param authority checks chains, dates and purposes
   * @param allowed who is let in
   */
  MembersOnly(X509ExtendedTrustManager authority, Supplier<AllowList> allowed) {
    this.authority = authority;
    this.allowed = allowed;
  }

  private void requireMember(X509Certificate[] chain) throws CertificateException {
    String name;
    boolean admitted;
    try {
      name = Names.of(chain[0]);
      admitted = allowed.get().admits(chain[0]);
    } catch (PkiException e) {
      throw new CertificateException(e.getMessage(), e);
    }
    if (!Names.isMemberOfCloud(name)) {
      throw new CertificateException(name + " is no machine of a cloud");
    }
    if (!admitted) {
      throw new CertificateException(
          name + " is not on the list of those let in, or not with this key");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authority.checkClientTrusted(chain, type, engine);
    requireMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authority.checkServerTrusted(chain, type, engine);
    requireMember(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authority.checkClientTrusted(chain, type, socket);
    requireMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authority.checkServerTrusted(chain, type, socket);
    requireMember(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority.checkClientTrusted(chain, type);
    requireMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority.checkServerTrusted(chain, type);
    requireMember(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }
}
