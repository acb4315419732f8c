package io.dualgrid.network.wire;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Hands the certificate that a caller has shown to whom it calls. The handshake has verified it,
 * but a connection outlives its certificate: calls that come after its end are refused.
 */
final class PeerIdentity implements ServerInterceptor {
  /** The caller's certificate, verified by the handshake. */
  static final Context.Key<X509Certificate> CERTIFICATE = Context.key("certificate");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<X509Certificate> shown = of(call.getAttributes());
    if (shown.isPresent() && !ranOut(shown.get())) {
      return Contexts.interceptCall(
          Context.current().withValue(CERTIFICATE, shown.get()), call, headers, next);
    }
    String reason =
        shown.map(own -> "the certificate ran out at " + end(own)).orElse("no certificate");
    call.close(Status.UNAUTHENTICATED.withDescription(reason), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /** The certificate of whom a call goes to or comes from; empty where it is not connected yet. */
  static Optional<X509Certificate> of(Attributes call) {
    SSLSession session = call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      return session != null && session.getPeerCertificates()[0] instanceof X509Certificate shown
          ? Optional.of(shown)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** When a certificate holds no more. */
  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether it does not now. */
  static boolean ranOut(X509Certificate certificate) {
    return Instant.now().isAfter(end(certificate));
  }
}
