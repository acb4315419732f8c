package io.dualgrid.protocol;

import java.util.concurrent.CompletableFuture;

/** What carries bytes from an edge to a cloud and back. Thread safe. */
public interface CloudLink {
  /** Asks; the answer may fail or never come. */
  CompletableFuture<byte[]> ask(byte[] request);
}
