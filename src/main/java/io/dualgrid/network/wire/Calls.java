package io.dualgrid.network.wire;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The gRPC calls there are. They carry bytes; what these mean is the protocol's matter. */
final class Calls {
  /** A site's talk with the operator, for as long as a run takes. */
  static final MethodDescriptor<byte[], byte[]> SESSION = bytes("dualgrid.Operator", "Session");

  /** One question to a cloud and its answer. */
  static final MethodDescriptor<byte[], byte[]> ASK = bytes("dualgrid.Cloud", "Ask");

  private Calls() {}

  private static MethodDescriptor<byte[], byte[]> bytes(String service, String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
