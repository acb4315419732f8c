package io.dualgrid.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The secret keys in a party's folder, as they might be seen elsewhere. */
final class Secrets {
  /** PKCS #8 of an Ed25519 key ends with its 32 bytes (RFC 8410). */
  private static final int BYTES = 32;

  private Secrets() {}

  /** Each as characters of one byte, in base 64 without what depends on its place, and in hex. */
  static List<String> of(Path folder) throws IOException {
    List<String> secrets = new ArrayList<>();
    for (String name : List.of("key.pem", "client-key.pem")) {
      if (Files.exists(folder.resolve(name))) {
        String text =
            Files.readString(folder.resolve(name)).replaceAll("-----[A-Z ]+-----", "").strip();
        byte[] encoded = Base64.getMimeDecoder().decode(text);
        byte[] secret = Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length);
        secrets.add(new String(secret, StandardCharsets.ISO_8859_1));
        secrets.add(HexFormat.of().formatHex(secret));
        secrets.add(Base64.getEncoder().encodeToString(secret).substring(0, BYTES));
        secrets.add(text.lines().reduce("", String::concat).substring(BYTES / 2));
      }
    }
    return secrets;
  }
}
