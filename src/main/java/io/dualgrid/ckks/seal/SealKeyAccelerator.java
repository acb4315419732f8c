package io.dualgrid.ckks.seal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeBuffer;
import io.dualgrid.natives.NativeHandle;
import java.util.Arrays;

/**
 * What goes with the encryption, by the same library, on processors with instructions for AES. Keys
 * go through memory that is cleared after every call.
 */
public final class SealKeyAccelerator implements KeyAccelerator {
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 32;

  @Override
  public boolean isHere() {
    LoadedLibrary<SealLibrary> library = SealCkksBackend.load();
    return library.available() && SealCkksBackend.hasAes(library.functions());
  }

  private static SealCalls calls() {
    return new SealCalls(SealCkksBackend.load().functions());
  }

  @Override
  public Masks masks(byte[] keys, int subtracted) {
    return new SealMasks(calls(), keys.clone(), subtracted);
  }

  @Override
  public Products products(byte[] key, long[] moduli, int[] words, int polynomials, int degree) {
    SealCalls calls = calls();
    LongByReference handle = new LongByReference();
    try (NativeBuffer buffer = new NativeBuffer("the hash")) {
      buffer.call(
          KEY_BYTES,
          0,
          memory -> {
            memory.write(0, key, 0, KEY_BYTES);
            calls.check(
                calls
                    .library()
                    .dualgrid_seal_hash_create(
                        memory, moduli, words, moduli.length, polynomials, degree, handle),
                "drawing a hash");
            return handle;
          });
    }
    int residues = Math.multiplyExact(Math.multiplyExact(moduli.length, polynomials), degree);
    return new SealProducts(
        calls, calls.own(handle.getValue(), "hash"), residues, Arrays.stream(words).sum());
  }

  @Override
  public void expand(byte[] key, long[] words) {
    SealCalls calls = calls();
    int bytes = Math.multiplyExact(words.length, Long.BYTES);
    try (Memory memory = new Memory(KEY_BYTES + (long) bytes)) {
      Pointer out = memory.share(KEY_BYTES);
      memory.write(0, key, 0, KEY_BYTES);
      try {
        calls.check(
            calls.library().dualgrid_seal_stream(SealLibrary.AES, memory, KEY_BYTES, out, bytes),
            "random bits");
        out.read(0, words, 0, words.length);
      } finally {
        memory.clear();
      }
    }
  }

  @Override
  public byte[] sha256(byte[] bytes) {
    byte[] hash = new byte[HASH_BYTES];
    SealCalls calls = calls();
    calls.check(calls.library().dualgrid_seal_sha256(bytes, bytes.length, hash), "hashing");
    return hash;
  }

  private static final class SealMasks implements Masks {
    private final SealCalls calls;
    private final byte[] keys;
    private final int subtracted;
    private final NativeBuffer buffer = new NativeBuffer("the masks");

    SealMasks(SealCalls calls, byte[] keys, int subtracted) {
      this.calls = calls;
      this.keys = keys;
      this.subtracted = subtracted;
    }

    @Override
    public void add(byte[] agreed, long round, long[] words) {
      long keysFrom = SealCalls.bytes(words.length);
      long agreedFrom = keysFrom + keys.length;
      // numbers are secret before their masks are on them
      buffer.call(
          agreedFrom + agreed.length,
          0,
          memory -> {
            memory.write(0, words, 0, words.length);
            memory.write(keysFrom, keys, 0, keys.length);
            memory.write(agreedFrom, agreed, 0, agreed.length);
            calls.check(
                calls
                    .library()
                    .dualgrid_seal_add_masks(
                        memory.share(keysFrom),
                        keys.length,
                        subtracted,
                        memory.share(agreedFrom),
                        round,
                        memory,
                        words.length),
                "masking");
            memory.read(0, words, 0, words.length);
            return words;
          });
    }

    @Override
    public void close() {
      buffer.close();
      Arrays.fill(keys, (byte) 0);
    }
  }

  private static final class SealProducts implements Products {
    private final SealCalls calls;
    private final NativeHandle<Long> hash;
    private final int residueCount;
    private final int wordCount;
    private final NativeBuffer buffer = new NativeBuffer("the hash");

    SealProducts(SealCalls calls, NativeHandle<Long> hash, int residueCount, int wordCount) {
      this.calls = calls;
      this.hash = hash;
      this.residueCount = residueCount;
      this.wordCount = wordCount;
    }

    @Override
    public long[] of(byte[] residues, int from) {
      int bytes = Math.multiplyExact(residueCount, Long.BYTES);
      long wordBytes = NativeBuffer.wholeLines(SealCalls.bytes(wordCount));
      // what the words say of the vectors is secret until there is a pad on them
      return buffer.call(
          wordBytes,
          bytes,
          memory -> {
            Pointer in = memory.share(wordBytes);
            in.write(0, residues, from, bytes);
            calls.check(
                hash.call(
                    number ->
                        calls
                            .library()
                            .dualgrid_seal_hash(number, in, residueCount, memory, wordCount)),
                "a hash");
            return memory.getLongArray(0, wordCount);
          });
    }

    @Override
    public void close() {
      buffer.close();
      hash.close();
    }
  }
}
