package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Optional;

/**
 * A ciphertext in fewer bytes, as it crosses a network, little endian:
 *
 * <pre>
 *  0  u8   1 when second components are left out for their seeds, else 0
 *     the header of {@link WireFormat}
 *     32 bytes for each second component, when they are left out: see {@link UniformSeed}
 *     each polynomial that is there: residues of as many bits as its modulus has, one after another
 *     u32  the checksum of {@link WireFormat}
 * </pre>
 *
 * What is unpacked is what was packed, byte by byte, and is looked at by whoever reads it: here
 * only lengths are checked. It is no more than seven times as long.
 */
public final class PackedCiphertext {
  private static final int MOST_MODULI = 64;
  private static final int MOST_DEGREE = 1 << 15;
  private static final int LEAST_BITS = 20;
  private static final int MOST_BITS = 60;

  private PackedCiphertext() {}

  /** What a header says of the lengths. */
  private record Shape(int degree, long[] moduli, int chunks) {
    static Shape of(ByteBuffer message) {
      ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
      if (!WireFormat.beginsCiphertext(in)) {
        throw wrong("it does not begin as one");
      }
      int degree = in.getInt(WireFormat.DEGREE_AT);
      int count = Short.toUnsignedInt(in.getShort(WireFormat.MODULI_AT));
      int values = in.getInt(WireFormat.VALUES_AT);
      if (degree < Long.SIZE || degree > MOST_DEGREE || Integer.bitCount(degree) != 1) {
        throw wrong("a ring degree of " + degree);
      }
      if (values < 1 || values > WireFormat.MAX_VALUES) {
        throw wrong(values + " values");
      }
      int header = WireFormat.headerLength(count);
      if (count < 1 || count > MOST_MODULI || in.remaining() < header) {
        throw wrong(count + " moduli");
      }
      long[] moduli = new long[count];
      for (int m = 0; m < count; m++) {
        moduli[m] = in.getLong(WireFormat.headerLength(m));
        if (bits(moduli[m]) < LEAST_BITS || bits(moduli[m]) > MOST_BITS) {
          throw wrong("a modulus of " + moduli[m]);
        }
      }
      return new Shape(degree, moduli, (values + degree / 2 - 1) / (degree / 2));
    }

    int header() {
      return WireFormat.headerLength(moduli.length);
    }

    int seedBytes() {
      return chunks * moduli.length * UniformSeed.BYTES;
    }

    long whole() {
      return header() + 2L * chunks * moduli.length * degree * Long.BYTES + WireFormat.CHECKSUM;
    }

    /** Longs of all first, or all second, components of a chunk when they are packed. */
    private int packedLongs() {
      int bits = 0;
      for (long modulus : moduli) {
        bits += bits(modulus);
      }
      return degree / Long.SIZE * bits;
    }

    long packed(boolean seeded) {
      long components = (seeded ? 1L : 2L) * chunks;
      return 1
          + header()
          + (seeded ? seedBytes() : 0)
          + components * packedLongs() * Long.BYTES
          + WireFormat.CHECKSUM;
    }
  }

  private static int bits(long modulus) {
    return Long.SIZE - Long.numberOfLeadingZeros(modulus);
  }

  private static CkksException wrong(String what) {
    return new CkksException(Reason.MALFORMED_HEADER, "a packed ciphertext: " + what);
  }

  /**
   * Packs.
   *
   * @param message what remains of it; not changed
   * @param seeds of its second components, [chunk][modulus]; or none
   * @return nothing when it is not a ciphertext as this program makes them
   */
  public static Optional<byte[]> pack(ByteBuffer message, byte[] seeds) {
    Shape shape;
    try {
      shape = Shape.of(message);
    } catch (CkksException e) {
      return Optional.empty();
    }
    boolean seeded = seeds.length > 0;
    if (message.remaining() != shape.whole() || seeded && seeds.length != shape.seedBytes()) {
      return Optional.empty();
    }
    ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(shape.packed(seeded))).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) (seeded ? 1 : 0));
    put(in, shape.header(), out);
    out.put(seeds);
    long[] polynomial = new long[shape.degree];
    long[] packed = new long[shape.degree];
    for (int chunk = 0; chunk < shape.chunks; chunk++) {
      for (int component = 0; component < 2; component++) {
        for (long modulus : shape.moduli) {
          LongBuffer residues = in.asLongBuffer();
          in.position(in.position() + shape.degree * Long.BYTES);
          if (component == 1 && seeded) {
            continue;
          }
          residues.get(polynomial);
          int longs = shape.degree / Long.SIZE * bits(modulus);
          if (!pack(polynomial, bits(modulus), packed)) {
            return Optional.empty();
          }
          out.asLongBuffer().put(packed, 0, longs);
          out.position(out.position() + longs * Long.BYTES);
        }
      }
    }
    out.put(in);
    return Optional.of(out.array());
  }

  private static void put(ByteBuffer in, int count, ByteBuffer out) {
    out.put(in.slice(in.position(), count));
    in.position(in.position() + count);
  }

  /** Whether all numbers fit; only then all are written. */
  private static boolean pack(long[] numbers, int bits, long[] packed) {
    long beyond = 0;
    long word = 0;
    int used = 0;
    int next = 0;
    for (long number : numbers) {
      beyond |= number;
      word |= number << used;
      used += bits;
      if (used >= Long.SIZE) {
        packed[next++] = word;
        used -= Long.SIZE;
        word = number >>> bits - used; // nothing where the last word is just full: bits below 64
      }
    }
    return beyond >>> bits == 0;
  }

  private static void unpack(long[] packed, int bits, long[] numbers) {
    long mask = -1L >>> Long.SIZE - bits;
    int next = 0;
    long word = 0;
    int left = 0; // bits of the word that are not taken yet
    for (int i = 0; i < numbers.length; i++) {
      long number = word;
      if (left < bits) {
        word = packed[next++];
        number |= word << left;
        word >>>= bits - left;
        left += Long.SIZE - bits;
      } else {
        word >>>= bits;
        left -= bits;
      }
      numbers[i] = number & mask;
    }
  }

  /**
   * Unpacks what begins a message.
   *
   * @param in read to the end of the packed ciphertext
   * @param whole where the ciphertext is written
   * @throws CkksException when it is none, or there is no room for it
   */
  public static void unpack(ByteBuffer in, ByteBuffer whole) {
    int form = in.hasRemaining() ? in.get() : -1;
    if (form < 0 || form > 1) {
      throw wrong("of form " + form);
    }
    boolean seeded = form == 1;
    Shape shape = Shape.of(in);
    if (in.remaining() < shape.packed(seeded) - 1 || shape.whole() > whole.remaining()) {
      throw wrong(in.remaining() + " bytes of one of " + shape.whole());
    }
    ByteBuffer from = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = whole.slice().order(ByteOrder.LITTLE_ENDIAN);
    put(from, shape.header(), out);
    byte[] seeds = new byte[seeded ? shape.seedBytes() : 0];
    from.get(seeds);
    long[] polynomial = new long[shape.degree];
    long[] packed = new long[shape.degree];
    int seed = 0;
    for (int chunk = 0; chunk < shape.chunks; chunk++) {
      for (int component = 0; component < 2; component++) {
        for (long modulus : shape.moduli) {
          if (component == 1 && seeded) {
            UniformSeed.expand(seeds, seed, modulus, polynomial, 0, shape.degree);
            seed += UniformSeed.BYTES;
          } else {
            int longs = shape.degree / Long.SIZE * bits(modulus);
            from.asLongBuffer().get(packed, 0, longs);
            from.position(from.position() + longs * Long.BYTES);
            unpack(packed, bits(modulus), polynomial);
          }
          out.asLongBuffer().put(polynomial);
          out.position(out.position() + shape.degree * Long.BYTES);
        }
      }
    }
    out.putInt(from.getInt());
    in.position(in.position() + from.position());
    whole.position(whole.position() + out.position());
  }
}
