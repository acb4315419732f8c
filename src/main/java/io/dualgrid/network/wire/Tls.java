package io.dualgrid.network.wire;

import io.dualgrid.network.pki.Credentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Channels and servers over mutual TLS 1.3: both sides show a certificate, and neither takes less.
 * A server is known by its role, which stands in its certificate, not by the name of its machine.
 */
final class Tls {
  private static final String VERSION = "TLSv1.3";
  private static final int CHUNK_LIMIT = 2 * Chunks.MOST_BYTES;
  private static final int KEEP_ALIVE_SECONDS = 10; // gRPC takes no less at a client
  private static final int KEEP_ALIVE_PATIENCE_SECONDS = 4;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int LEAST_KEEP_ALIVE_SECONDS = 5;

  /** A site has one, and a cloud's one more, where the last was given up. */
  private static final int MOST_CALLS = 2;

  private Tls() {}

  /**
   * A channel; nothing is connected yet.
   *
   * @param role the server's, as its certificate has to name it
   */
  static ManagedChannel channel(Endpoint server, String role, Credentials own) {
    try {
      SslContext context =
          GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
              .keyManager(new ShownIdentity(() -> own))
              .trustManager(own.trusted())
              .protocols(VERSION)
              .build();
      return NettyChannelBuilder.forAddress(server.host(), server.port())
          .overrideAuthority(Credentials.hostOfRole(role))
          .sslContext(context)
          .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
          .maxInboundMessageSize(CHUNK_LIMIT)
          .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(KEEP_ALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
          .build();
    } catch (SSLException e) {
      throw new WireException("this Java platform cannot set up TLS 1.3: " + e.getMessage(), e);
    }
  }

  /**
   * A server that lets in who shows a certificate of an authority.
   *
   * @param own what it shows, as it stands at each handshake
   * @param clients the authority's certificate
   */
  static NettyServerBuilder server(
      Endpoint listen, Supplier<Credentials> own, X509Certificate clients) {
    try {
      SslContext context =
          GrpcSslContexts.configure(
                  SslContextBuilder.forServer(new ShownIdentity(own)), SslProvider.JDK)
              .trustManager(clients)
              .clientAuth(ClientAuth.REQUIRE)
              .protocols(VERSION)
              .build();
      return NettyServerBuilder.forAddress(listen.socket())
          .sslContext(context)
          .maxInboundMessageSize(CHUNK_LIMIT)
          .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
          .keepAliveTimeout(KEEP_ALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
          .maxConcurrentCallsPerConnection(MOST_CALLS)
          .permitKeepAliveWithoutCalls(true)
          .permitKeepAliveTime(LEAST_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    } catch (SSLException e) {
      throw new WireException("this Java platform cannot set up TLS 1.3: " + e.getMessage(), e);
    }
  }
}
