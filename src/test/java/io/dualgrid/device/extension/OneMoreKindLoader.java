package io.dualgrid.device.extension;

import io.dualgrid.device.DeviceKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The program over again, with one line more in META-INF/services, as a jar on the class path would
 * have it; the program of the other tests stays as it is.
 */
final class OneMoreKindLoader extends ClassLoader {
  private static final String SERVICE = "META-INF/services/" + DeviceKind.class.getName();

  private final URL registration;

  OneMoreKindLoader(URL registration) {
    super(OneMoreKindLoader.class.getClassLoader());
    this.registration = registration;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.dualgrid.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> resources = new ArrayList<>(Collections.list(super.getResources(name)));
    if (name.equals(SERVICE)) {
      resources.add(registration);
    }
    return Collections.enumeration(resources);
  }
}
