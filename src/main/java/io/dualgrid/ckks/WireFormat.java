package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes that parties exchange, little endian:
 *
 * <pre>
 *  0  u32  magic "DGCK"
 *  4  u16  version 1
 *  6  u8   kind: 1 public key, 2 ciphertext
 *  7  u8   components, always 2
 *  8  u64  parameter id
 * 16  u64  key id
 * 24  u32  ring degree N
 * 28  u16  number of moduli
 * 30  u16  log2 of the scale (public key: 0)
 * 32  u32  number of values (public key: 0)
 * 36  u32  terms in the sum (public key: 0)
 * 40  u64  each modulus
 *     u64  residues: [chunk][component][modulus][position]
 *     u32  CRC-32C of all before
 * </pre>
 *
 * Residues are in evaluation (NTT) form: position i of a polynomial holds its value at ψ^(2·rev(i)
 * + 1) mod q, ψ the smallest primitive 2N-th root of unity mod q and rev the reversal of log2 N
 * bits. This is the order of SEAL's own memory, so neither backend converts anything. The checksum
 * finds accidents; it is no protection against intent, which the checks on residues and on the
 * decrypted values meet.
 */
final class WireFormat {
  static final int KIND_PUBLIC_KEY = 1;
  static final int KIND_CIPHERTEXT = 2;

  /** Far above the 288 values of a 96-step line; stops a header from asking for gigabytes. */
  static final int MAX_VALUES = 1 << 20;

  private static final int MAGIC = 'D' | 'G' << 8 | 'C' << 16 | 'K' << 24;
  private static final int VERSION = 1;
  private static final int COMPONENTS = 2;
  private static final int FIXED_HEADER = 40;
  static final int CHECKSUM = 4;

  static final int DEGREE_AT = 24;
  static final int MODULI_AT = 28;
  static final int VALUES_AT = 32;

  private WireFormat() {}

  /** The fields that differ from one message to the next. */
  record Header(int kind, long keyId, int log2Scale, int valueCount, int terms) {}

  /** A header whose message passed every check, and its residues in that message. */
  record Parsed(Header header, Residues residues) {}

  static byte[] write(CkksParameters parameters, Header header, long[] residues) {
    byte[] bytes = new byte[length(parameters, header.kind(), residues.length)];
    ByteBuffer message = ByteBuffer.wrap(bytes);
    writeHeader(message, parameters, header);
    residuesOf(message, parameters, header.kind()).put(residues);
    seal(message);
    return bytes;
  }

  /** Bytes of a message of so many residues. */
  static int length(CkksParameters parameters, int kind, int residueCount) {
    return Math.toIntExact(residueOffset(parameters, kind) + 8L * residueCount + CHECKSUM);
  }

  /** The residues of a message of the right length, which is what remains in a part of an array. */
  static Residues residuesOf(ByteBuffer message, CkksParameters parameters, int kind) {
    int start = residueOffset(parameters, kind);
    return Residues.in(
        message.array(),
        message.arrayOffset() + message.position() + start,
        (message.remaining() - start - CHECKSUM) / Long.BYTES);
  }

  /** Writes what is before the residues; they and the checksum are still to be written. */
  static void writeHeader(ByteBuffer message, CkksParameters parameters, Header header) {
    int moduli = modulusCount(parameters, header.kind());
    ByteBuffer out = words(message);
    out.putInt(MAGIC).putShort((short) VERSION).put((byte) header.kind()).put((byte) COMPONENTS);
    out.putLong(parameters.id()).putLong(header.keyId());
    out.putInt(parameters.ringDegree()).putShort((short) moduli);
    out.putShort((short) header.log2Scale());
    out.putInt(header.valueCount()).putInt(header.terms());
    for (int i = 0; i < moduli; i++) {
      out.putLong(parameters.modulus(i));
    }
  }

  /** Writes the checksum of all that is before it. */
  static void seal(ByteBuffer message) {
    seal(message, checksum(message));
  }

  /** Writes a checksum to the end of a message. */
  static void seal(ByteBuffer message, CRC32C checksum) {
    words(message).putInt(message.remaining() - CHECKSUM, (int) checksum.getValue());
  }

  /**
   * Reads and checks bytes of another party, the cheap checks first. Nothing is copied.
   *
   * @param message backed by an array
   * @throws CkksException with the reason of the first check that fails
   */
  static Parsed read(ByteBuffer message, CkksParameters parameters, int kind) {
    Header header = readEnvelope(message, parameters, kind);
    Residues residues = residuesOf(message, parameters, kind);
    checkResidues(residues, parameters, modulusCount(parameters, kind));
    return new Parsed(header, residues);
  }

  /** Where the residues of a message begin. */
  static int residueOffset(CkksParameters parameters, int kind) {
    return headerLength(modulusCount(parameters, kind));
  }

  /** Bytes before the residues of a message of so many moduli. */
  static int headerLength(int moduli) {
    return FIXED_HEADER + Long.BYTES * moduli;
  }

  /** Whether little endian bytes begin as a ciphertext does, and go on for a header at least. */
  static boolean beginsCiphertext(ByteBuffer in) {
    return in.remaining() >= FIXED_HEADER + CHECKSUM
        && in.getInt(0) == MAGIC
        && in.getShort(4) == VERSION
        && in.get(6) == KIND_CIPHERTEXT
        && in.get(7) == COMPONENTS;
  }

  private static Header readEnvelope(ByteBuffer message, CkksParameters parameters, int kind) {
    Header header = readBeginning(message, parameters, kind);
    if (!isSealed(message, checksum(message))) {
      throw new CkksException(Reason.CORRUPTED, "the checksum does not match: bytes were changed");
    }
    return header;
  }

  /**
   * Checks all of a message but the residues and the checksum; how many bytes it has is right then.
   *
   * @throws CkksException with the reason of the first check that fails
   */
  static Header readBeginning(ByteBuffer message, CkksParameters parameters, int kind) {
    int length = message.remaining();
    if (length < FIXED_HEADER + CHECKSUM) {
      throw new CkksException(
          Reason.WRONG_LENGTH,
          length + " bytes; even the header takes " + (FIXED_HEADER + CHECKSUM));
    }
    ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    Header header = readHeader(in, parameters, kind);
    int moduli = modulusCount(parameters, kind);
    int chunks = kind == KIND_PUBLIC_KEY ? 1 : parameters.chunks(header.valueCount());
    long residueCount = (long) chunks * COMPONENTS * moduli * parameters.ringDegree();
    long expected = FIXED_HEADER + 8 * (moduli + residueCount) + CHECKSUM;
    if (length != expected) {
      throw new CkksException(
          Reason.WRONG_LENGTH, length + " bytes; the header calls for " + expected);
    }
    for (int i = 0; i < moduli; i++) {
      long modulus = in.getLong();
      if (modulus != parameters.modulus(i)) {
        throw foreign("modulus " + i, modulus, parameters.modulus(i));
      }
    }
    return header;
  }

  private static Header readHeader(ByteBuffer in, CkksParameters parameters, int kind) {
    int magic = in.getInt();
    int version = Short.toUnsignedInt(in.getShort());
    int foundKind = Byte.toUnsignedInt(in.get());
    int components = Byte.toUnsignedInt(in.get());
    if (magic != MAGIC || version != VERSION || foundKind != kind || components != COMPONENTS) {
      throw new CkksException(
          Reason.MALFORMED_HEADER,
          String.format(
              "magic %08x, version %d, kind %d, %d components; expected %08x, %d, %d, %d",
              magic, version, foundKind, components, MAGIC, VERSION, kind, COMPONENTS));
    }
    long id = in.getLong();
    if (id != parameters.id()) {
      throw foreign("parameter id", id, parameters.id());
    }
    final long keyId = in.getLong();
    int degree = in.getInt();
    if (degree != parameters.ringDegree()) {
      throw foreign("ring degree", degree, parameters.ringDegree());
    }
    int moduli = Short.toUnsignedInt(in.getShort());
    if (moduli != modulusCount(parameters, kind)) {
      throw foreign("number of moduli", moduli, modulusCount(parameters, kind));
    }
    int log2Scale = Short.toUnsignedInt(in.getShort());
    int values = in.getInt();
    int terms = in.getInt();
    boolean right =
        kind == KIND_PUBLIC_KEY
            ? log2Scale == 0 && values == 0 && terms == 0
            : parameters.isScale(log2Scale)
                && values >= 1
                && values <= MAX_VALUES
                && terms >= 1
                && terms <= parameters.maxTerms();
    if (!right) {
      throw new CkksException(
          Reason.MALFORMED_HEADER,
          "scale 2^"
              + log2Scale
              + ", "
              + values
              + " values, "
              + terms
              + " terms: not possible under "
              + parameters);
    }
    return new Header(kind, keyId, log2Scale, values, terms);
  }

  private static CkksException foreign(String what, long found, long expected) {
    return new CkksException(
        Reason.FOREIGN_PARAMETERS,
        what + " is " + found + ", ours is " + expected + ": made under other parameters");
  }

  private static void checkResidues(Residues residues, CkksParameters parameters, int moduli) {
    int degree = parameters.ringDegree();
    int component = moduli * degree;
    long[] block = new long[Math.min(WireSum.BLOCK, degree)]; // both are powers of two
    LongBuffer words = residues.words();
    for (int start = 0; start < residues.length(); start += block.length) {
      long modulus = parameters.modulus(start / degree % moduli);
      words.get(block);
      if (anyBeyond(block, modulus)) {
        throw beyond(residues, start, modulus);
      }
    }
    for (int mask = component; mask < residues.length(); mask += 2 * component) {
      if (isZero(residues, mask, mask + component)) {
        throw new CkksException(
            Reason.NOT_ENCRYPTED, "the second component is zero: nothing is hidden by a key");
      }
    }
  }

  /** Whether one is not below a modulus; of negative numbers all are beyond. */
  static boolean anyBeyond(long[] residues, long modulus) {
    long beyond = 0;
    for (long residue : residues) {
      beyond |= residue | (modulus - 1 - residue);
    }
    return beyond < 0;
  }

  /** Names the first residue that is not below its modulus; there is one from {@code start} on. */
  private static CkksException beyond(Residues residues, int start, long modulus) {
    int at = start;
    while (Long.compareUnsigned(residues.get(at), modulus) < 0) {
      at++;
    }
    return new CkksException(
        Reason.RESIDUE_OUT_OF_RANGE,
        "residue "
            + at
            + " is "
            + Long.toUnsignedString(residues.get(at))
            + ", its modulus "
            + modulus);
  }

  private static boolean isZero(Residues residues, int from, int to) {
    for (int i = from; i < to; i++) {
      if (residues.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int modulusCount(CkksParameters parameters, int kind) {
    return kind == KIND_PUBLIC_KEY ? parameters.keyModulusCount() : parameters.dataModulusCount();
  }

  /** Whether a checksum is the one at the end of a message. */
  static boolean isSealed(ByteBuffer message, CRC32C checksum) {
    return words(message).getInt(message.remaining() - CHECKSUM) == (int) checksum.getValue();
  }

  /** Of all that is before it. */
  private static CRC32C checksum(ByteBuffer message) {
    CRC32C checksum = new CRC32C();
    int from = message.arrayOffset() + message.position();
    checksum.update(message.array(), from, message.remaining() - CHECKSUM);
    return checksum;
  }

  private static ByteBuffer words(ByteBuffer message) {
    return message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
