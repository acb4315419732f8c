/** Bytes between processes: gRPC calls of plain bytes, in chunks, over mutual TLS 1.3. */
package io.dualgrid.network.wire;
