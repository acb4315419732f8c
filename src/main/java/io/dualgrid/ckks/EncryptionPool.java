package io.dualgrid.ckks;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encryptions of zero under one public key, made ahead while a party waits for others, so that an
 * encryption on the critical path is an encoding and an addition. Each one is taken out of the
 * pool, turned into the ciphertext itself and never seen again: two ciphertexts over the same
 * randomness would give away the difference of their values. {@link #refill} may run in another
 * thread than {@link #encrypt}; each of them in one thread at a time.
 */
public final class EncryptionPool implements AutoCloseable {
  private final ConcurrentLinkedDeque<long[]> zeros = new ConcurrentLinkedDeque<>();
  private final AtomicLong misses = new AtomicLong();
  private final Encryptor filling;
  private final Encryptor using;

  /** An empty pool. */
  public EncryptionPool(CkksBackend backend, PublicKey key) {
    this.filling = backend.encryptor(key);
    this.using = backend.encryptor(key);
  }

  /** Makes encryptions of zero until that many are there. */
  public void refill(int wanted) {
    for (int missing = wanted - zeros.size(); missing > 0; missing--) {
      zeros.add(filling.encryptedZero());
    }
  }

  /** How many polynomials can be encrypted fast. */
  public int available() {
    return zeros.size();
  }

  /** How many polynomials found the pool empty, and were encrypted from scratch. */
  public long misses() {
    return misses.get();
  }

  /** As {@link Encryptor#encrypt}. */
  public Ciphertext encrypt(double[] values) {
    using.checkValues(values);
    int chunks = using.parameters().chunks(values.length);
    long[] residues = chunks == 1 ? take() : takeAll(chunks);
    return using.encryptOnto(values, residues);
  }

  private long[] takeAll(int chunks) {
    int length = using.parameters().ciphertextLength();
    long[] residues = new long[chunks * length];
    for (int i = 0; i < chunks; i++) {
      System.arraycopy(take(), 0, residues, i * length, length);
    }
    return residues;
  }

  private long[] take() {
    long[] zero = zeros.poll();
    if (zero == null) {
      misses.incrementAndGet();
      return using.encryptedZero();
    }
    return zero;
  }

  /** Wipes what was not used. */
  @Override
  public void close() {
    for (long[] zero = zeros.poll(); zero != null; zero = zeros.poll()) {
      Arrays.fill(zero, 0);
    }
    filling.close();
    using.close();
  }
}
