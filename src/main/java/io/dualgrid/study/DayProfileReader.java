package io.dualgrid.study;

import io.dualgrid.caseio.format.CaseFiles;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.ProfileLoader;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a folder of profiles that have the rows of all days, one day below the other. A file that
 * is not there stays that of the case; one that is there must have every column that the case uses.
 */
final class DayProfileReader {
  private final GridCase gridCase;
  private final int days;
  private final Path folder;
  private final String place;
  private final Consumer<CaseProblem> problems;

  DayProfileReader(
      GridCase gridCase, int days, Path folder, String place, Consumer<CaseProblem> problems) {
    this.gridCase = gridCase;
    this.days = days;
    this.folder = folder;
    this.place = place;
    this.problems = problems;
  }

  DayProfiles read() {
    int rowsOfDay = gridCase.limits().profileRows();
    ProfileLoader loader =
        new ProfileLoader(
            CaseFiles.folder(folder),
            CsvTable.Dialect.STRICT,
            days + " days of " + rowsOfDay + " rows are",
            "",
            problems);
    Map<String, double[]> columns = new HashMap<>();
    for (GridCase.Node node : gridCase.nodes()) {
      for (DeviceSpec device : node.devices()) {
        for (Profile profile : DeviceCodec.profiles(device).values()) {
          if (Files.exists(folder.resolve(profile.file()))) {
            loader
                .values(profile.file(), profile.column(), days * rowsOfDay, place)
                .ifPresent(
                    values -> {
                      checkSign(device, profile, values);
                      columns.put(DayProfiles.key(profile.file(), profile.column()), values);
                    });
          }
        }
      }
    }
    if (columns.isEmpty()) {
      problems.accept(
          new CaseProblem(
              folder.toString(),
              place,
              "profiles",
              "",
              "holds no file that the case has a profile of",
              "name the files as those of the case"));
    }
    return new DayProfiles(columns);
  }

  private void checkSign(DeviceSpec device, Profile profile, double[] values) {
    if (device.profileSign() != ProfileSign.NEGATIVE_IS_REFUSED) {
      return;
    }
    for (int row = 0; row < values.length; row++) {
      if (values[row] < 0) {
        problems.accept(
            new CaseProblem(
                profile.file(),
                place + ", row " + (row + 2),
                "column " + profile.column(),
                NumberText.show(values[row]),
                "must not be negative for " + device.kind(),
                "write 0 or more"));
        return;
      }
    }
  }
}
