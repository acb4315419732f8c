package io.dualgrid.network;

/** Ends a party where it stands: nothing in one catches it. */
final class KilledError extends Error {
  private static final long serialVersionUID = 1L;
}
