package io.dualgrid.ckks;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.zip.CRC32C;

/**
 * Adds ciphertexts as they lie on the wire. A sum does so little with each residue that what takes
 * the time is to move it, so each message is gone through once: a block at a time, which stays in
 * the processor's first cache, is copied out, checked, added, written and taken into the checksums.
 * A native call would copy whole messages twice more.
 */
final class WireSum {
  /** Residues: 4 kB; with half or twice as many it takes a twentieth longer. */
  static final int BLOCK = 512;

  private WireSum() {}

  /**
   * The sum of two messages whose headers have been checked and go together.
   *
   * @param header of the sum
   * @param sum as long as either, overwritten
   * @return false when a checksum is wrong, a residue out of range or a second component zero;
   *     which, a reader of each message tells
   */
  static boolean add(
      ByteBuffer first,
      ByteBuffer second,
      WireFormat.Header header,
      CkksParameters parameters,
      ByteBuffer sum) {
    int degree = parameters.ringDegree();
    int moduli = parameters.dataModulusCount();
    int polynomials = 2 * moduli * parameters.chunks(header.valueCount());
    int residues = Math.multiplyExact(polynomials, degree);
    int start = WireFormat.residueOffset(parameters, header.kind());
    WireFormat.writeHeader(sum, parameters, header);
    Passage left = Passage.through(first, start, residues);
    Passage right = Passage.through(second, start, residues);
    Passage out = Passage.through(sum, start, residues);
    int block = Math.min(BLOCK, degree);
    long[] a = new long[block];
    long[] b = new long[block];
    for (int p = 0; p < polynomials; p++) {
      long q = parameters.modulus(p % moduli);
      if (p % (2 * moduli) == moduli) {
        int component = moduli * degree * Long.BYTES;
        if (left.isZero(component) || right.isZero(component)) {
          return false;
        }
      }
      for (int done = 0; done < degree; done += block) { // both are powers of two
        left.read(a);
        right.read(b);
        // before and not while they are added: that loop the second compiler makes slow at times
        if (WireFormat.anyBeyond(a, q) || WireFormat.anyBeyond(b, q)) {
          return false;
        }
        add(a, b, q);
        out.write(a);
      }
    }
    if (!WireFormat.isSealed(first, left.checksum)
        || !WireFormat.isSealed(second, right.checksum)) {
      return false;
    }
    WireFormat.seal(sum, out.checksum);
    return true;
  }

  /** sum = sum + second mod q. */
  private static void add(long[] sum, long[] second, long q) {
    for (int i = 0; i < sum.length; i++) {
      long less = sum[i] + second[i] - q;
      sum[i] = less + (q & (less >> 63));
    }
  }

  /** A way through a message from its first residue to its last. */
  private static final class Passage {
    private final byte[] bytes;
    private final LongBuffer residues;
    private final CRC32C checksum = new CRC32C();
    private int at;

    private Passage(byte[] bytes, int at, LongBuffer residues) {
      this.bytes = bytes;
      this.at = at;
      this.residues = residues;
    }

    /** A way that begins behind a header of so many bytes. */
    static Passage through(ByteBuffer message, int header, int residues) {
      byte[] bytes = message.array();
      int from = message.arrayOffset() + message.position();
      int start = from + header;
      Passage passage = new Passage(bytes, start, Residues.words(bytes, start, residues));
      passage.checksum.update(bytes, from, header);
      return passage;
    }

    void read(long[] block) {
      residues.get(block);
      pass(block.length);
    }

    void write(long[] block) {
      residues.put(block);
      pass(block.length);
    }

    private void pass(int count) {
      checksum.update(bytes, at, count * Long.BYTES);
      at += count * Long.BYTES;
    }

    /** Whether so many bytes, not passed yet, are all zero. */
    boolean isZero(int count) {
      for (int i = at; i < at + count; i++) {
        if (bytes[i] != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
