package io.dualgrid.network.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Hands the certificate that a caller has shown to whom it calls. */
final class PeerIdentity implements ServerInterceptor {
  /** The caller's certificate, verified by the handshake. */
  static final Context.Key<X509Certificate> CERTIFICATE = Context.key("certificate");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      if (session != null && session.getPeerCertificates()[0] instanceof X509Certificate shown) {
        return Contexts.interceptCall(
            Context.current().withValue(CERTIFICATE, shown), call, headers, next);
      }
    } catch (SSLPeerUnverifiedException e) {
      // told below
    }
    call.close(Status.UNAUTHENTICATED.withDescription("no certificate"), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
