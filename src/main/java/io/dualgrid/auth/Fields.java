package io.dualgrid.auth;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** The fields of signed records in bytes, big endian, texts and lists with their length before. */
final class Fields {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Fields number(int value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  Fields number(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  Fields text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return number(bytes.length).raw(bytes);
  }

  Fields flag(boolean value) {
    out.write(value ? 1 : 0);
    return this;
  }

  /** Bytes whose number is known to the reader. */
  Fields raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  static String text(ByteBuffer in, int most) {
    byte[] bytes = raw(in, count(in, most));
    String text = new String(bytes, StandardCharsets.UTF_8);
    // else two records of different bytes would say the same
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new AuthenticationException("a text that is not UTF-8");
    }
    return text;
  }

  static boolean flag(ByteBuffer in) {
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw new AuthenticationException(value + " is neither yes nor no");
    }
    return value == 1;
  }

  static byte[] raw(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  static int count(ByteBuffer in, int most) {
    int count = in.getInt();
    if (count < 0 || count > most) {
      throw new AuthenticationException("a length of " + count + " where " + most + " is the most");
    }
    return count;
  }

  /** Reads a record that has to take up all bytes. */
  static <T> T whole(byte[] bytes, String what, Function<ByteBuffer, T> reader) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      T read = reader.apply(in);
      if (in.hasRemaining()) {
        throw new AuthenticationException(in.remaining() + " bytes too many");
      }
      return read;
    } catch (BufferUnderflowException e) {
      throw new AuthenticationException(what + " ends too early", e);
    } catch (AuthenticationException e) {
      throw new AuthenticationException("not " + what + ": " + e.getMessage(), e);
    }
  }
}
