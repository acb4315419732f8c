package io.dualgrid.natives;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Loads the engine's own native libraries, each once in a virtual machine.
 *
 * <p>A library NAME is the file that the platform calls {@code dualgrid_NAME} ({@code
 * libdualgrid_NAME.so}, {@code libdualgrid_NAME.dylib}, {@code dualgrid_NAME.dll}). It is taken
 * from the directory in {@value #DIRECTORY_PROPERTY} (or the environment's {@value
 * #DIRECTORY_VARIABLE}) when that is set, and from nowhere else then; otherwise from the class
 * path, under JNA's resource prefix, copied to a directory that only this user can enter and
 * removed at exit. It is always loaded by absolute path, so nothing of the same name elsewhere on
 * the system can stand in for it. JNA's own library goes to the same directory, below the temporary
 * folder of the virtual machine ({@code java.io.tmpdir}).
 *
 * <p>Every library exports {@code int dualgrid_NAME_abi_version(void)}; another number than the one
 * expected means a library of another release, and it is not used.
 *
 * <p>Thread safe.
 */
public final class NativeLibraries {
  /** Set to {@code off}, no native library is loaded. */
  public static final String SWITCH_PROPERTY = "dualgrid.natives";

  /** Names a directory that holds the libraries. */
  public static final String DIRECTORY_PROPERTY = "dualgrid.native.dir";

  /** As {@link #DIRECTORY_PROPERTY}, from the environment; the property wins. */
  public static final String DIRECTORY_VARIABLE = "DUALGRID_NATIVE_DIR";

  private static final String BUILD_ANEW = "; build it anew with scripts/build-native";

  private static final Map<String, LoadedLibrary<?>> LOADED = new ConcurrentHashMap<>();

  private NativeLibraries() {}

  /**
   * Loads a library, or gives the earlier outcome. Never throws for a library that is missing or
   * broken: the outcome keeps the failure.
   *
   * @param name short name, as in {@code dualgrid_NAME}
   * @param functions an object of a class whose native methods are its functions: a call takes half
   *     of what it takes through the proxy that JNA makes of an interface, or less
   * @param abiVersion what {@code dualgrid_NAME_abi_version()} must return
   * @param version reads the version of the library behind the binding
   * @param probe calls the library with a question whose answer is known, and throws when the
   *     answer is another
   * @throws IllegalArgumentException when the same name was loaded with another class before
   */
  @SuppressWarnings("unchecked")
  public static <T> LoadedLibrary<T> load(
      String name,
      T functions,
      int abiVersion,
      java.util.function.Function<T, String> version,
      Consumer<T> probe) {
    LoadedLibrary<?> outcome =
        LOADED.computeIfAbsent(
            name, ignored -> tryLoad(name, functions, abiVersion, version, probe));
    Class<?> type = functions.getClass();
    if (outcome.available() && outcome.functions().getClass() != type) {
      throw new IllegalArgumentException(name + " was loaded before, and not as a " + type);
    }
    return (LoadedLibrary<T>) outcome;
  }

  /** Whether {@value #SWITCH_PROPERTY} switches every native library off. */
  public static boolean switchedOff() {
    return "off".equalsIgnoreCase(System.getProperty(SWITCH_PROPERTY));
  }

  // LinkageError covers both a library that the system refuses and a JNA that cannot start.
  static <T> LoadedLibrary<T> tryLoad(
      String name,
      T functions,
      int abiVersion,
      java.util.function.Function<T, String> version,
      Consumer<T> probe) {
    if (switchedOff()) {
      return LoadedLibrary.missing(name, "switched off by -D" + SWITCH_PROPERTY + "=off", null);
    }
    try {
      Found found = find(name);
      if (found.file == null) {
        return LoadedLibrary.missing(name, found.origin, null);
      }
      JnaStart.require();
      NativeLibrary library = NativeLibrary.getInstance(found.file.toString());
      int actualAbi = readAbiVersion(name, library);
      if (actualAbi != abiVersion) {
        String failure =
            found.origin
                + " has ABI version "
                + actualAbi
                + " where "
                + abiVersion
                + " is expected"
                + BUILD_ANEW;
        return LoadedLibrary.missing(name, failure, null);
      }
      Native.register(functions.getClass(), library);
      probe.accept(functions);
      String versionText = version.apply(functions);
      return LoadedLibrary.of(
          new NativeLibraryStatus(name, versionText, found.origin, ""), functions);
    } catch (IOException | RuntimeException | LinkageError e) {
      return LoadedLibrary.missing(name, describe(e) + wayOut(e), e);
    }
  }

  private static int readAbiVersion(String name, NativeLibrary library) {
    Function function = library.getFunction("dualgrid_" + name + "_abi_version");
    return function.invokeInt(new Object[0]);
  }

  // What loaders add on further lines only repeats the first.
  private static String describe(Throwable e) {
    String name = e.getClass().getSimpleName();
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.equals("null"))
        .findFirst()
        .map(line -> name + ": " + line)
        .orElse(name);
  }

  /**
   * What to do where nothing may be executed, as on a disk mounted so. The same folder holds JNA's
   * own library and ours, and one setting moves both; a folder of libraries named by the user does
   * not move JNA's. Or where a library of the right version lacks a function.
   */
  static String wayOut(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Error looking up function")) {
      return BUILD_ANEW;
    }
    boolean refused =
        message.contains("failed to map segment") || message.contains("Operation not permitted");
    return refused
        ? "; nothing may be executed in that folder: set -Djava.io.tmpdir to another (with"
            + " DUALGRID_JAVA_OPTS)"
        : "";
  }

  private static Found find(String name) throws IOException {
    String fileName = System.mapLibraryName("dualgrid_" + name);
    String directory = System.getProperty(DIRECTORY_PROPERTY);
    String setting = "-D" + DIRECTORY_PROPERTY;
    if (directory == null) {
      directory = System.getenv(DIRECTORY_VARIABLE);
      setting = DIRECTORY_VARIABLE;
    }
    if (directory != null && !directory.isBlank()) {
      Path file = Path.of(directory).toAbsolutePath().resolve(fileName);
      return Files.isRegularFile(file)
          ? new Found(file, file.toString())
          : new Found(null, "no " + fileName + " in " + directory + ", named by " + setting);
    }
    String resource = Platform.RESOURCE_PREFIX + "/" + fileName;
    URL url = NativeLibraries.class.getResource("/" + resource);
    if (url == null) {
      return new Found(
          null, "no " + resource + " on the class path; build it with scripts/build-native");
    }
    Path file = PrivateDirectory.path().resolve(fileName);
    try (InputStream in = url.openStream()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Found(file, url.toString());
  }

  /**
   * A library's file and where it came from.
   *
   * @param file null when there is none
   * @param origin for people: the place, or why there is none
   */
  private record Found(Path file, String origin) {}
}
