package io.dualgrid.network.pki;

import io.dualgrid.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Who is let in: a line each with a name and the fingerprint of its key. Who is not on it is
 * refused, whatever certificate it shows.
 */
public final class AllowList {
  /** Its file. */
  public static final String NAME = "allowed.txt";

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  private final Map<String, String> keys;

  private AllowList(Map<String, String> keys) {
    this.keys = keys;
  }

  /**
   * Reads a list.
   *
   * @throws PkiException naming file and line
   */
  public static AllowList read(Path file) {
    Map<String, String> keys = new TreeMap<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        int gap = line.lastIndexOf(' ');
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        if (gap < 1 || !FINGERPRINT.matcher(line.substring(gap + 1)).matches()) {
          throw new PkiException(
              file + ", line " + number + ": write a name, a space and 64 hexadecimal digits");
        }
        keys.put(line.substring(0, gap), line.substring(gap + 1));
      }
    } catch (NoSuchFileException e) {
      throw new PkiException(
          file + ": there is no such file; copy " + NAME + " from the authority's folder", e);
    } catch (IOException e) {
      throw new PkiException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return new AllowList(keys);
  }

  static AllowList readOrEmpty(Path file) {
    return Files.exists(file) ? read(file) : new AllowList(new TreeMap<>());
  }

  AllowList with(String name, String fingerprint) {
    Map<String, String> more = new TreeMap<>(keys);
    more.put(name, fingerprint);
    return new AllowList(more);
  }

  AllowList without(String name) {
    if (!keys.containsKey(name)) {
      throw new PkiException(name + " is not on the list; on it are " + keys.keySet());
    }
    Map<String, String> fewer = new TreeMap<>(keys);
    fewer.remove(name);
    return new AllowList(fewer);
  }

  void write(Path file) {
    StringBuilder text =
        new StringBuilder("# who is let in: name and SHA-256 of the public key; dualgrid ca\n");
    keys.forEach((name, key) -> text.append(name).append(' ').append(key).append('\n'));
    try {
      AtomicFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new PkiException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether the key of a certificate stands on the list under the certificate's name. */
  public boolean admits(X509Certificate certificate) {
    return Names.fingerprint(certificate.getPublicKey()).equals(keys.get(Names.of(certificate)));
  }
}
