package io.dualgrid.caseio.matpower;

import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The feeder of 33 buses among the examples, with the devices beside it. */
public final class Ieee33 {
  private static final Path EXAMPLE = Path.of("examples/ieee33");

  private Ieee33() {}

  /** Imports it into a new folder. */
  public static GridCase withDevices(Path folder, String name) throws IOException {
    MatpowerImporter.Options devices =
        new MatpowerImporter.Options("", Optional.of(EXAMPLE.resolve("devices")), false, false);
    return MatpowerImporter.importCase(EXAMPLE.resolve("ieee33.m"), folder, name, devices)
        .gridCase();
  }
}
