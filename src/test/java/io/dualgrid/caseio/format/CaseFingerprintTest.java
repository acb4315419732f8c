package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.feeder.Line;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFingerprintTest {
  @Test
  void aCopyOfACaseHasTheSameAndAnyChangeAnother(@TempDir Path folder) throws IOException {
    GridCase original = CaseLocator.read("6-bus");
    CaseWriter.write(original, folder.resolve("copy"), false);
    GridCase copy = CaseLocator.read(folder.resolve("copy").toString());
    assertThat(CaseFingerprint.of(copy)).isEqualTo(CaseFingerprint.of(original)).hasSize(64);
    assertThat(CaseFingerprint.of(CaseLocator.read("yingkou-60")))
        .isNotEqualTo(CaseFingerprint.of(original));

    List<Line> lines = new ArrayList<>(original.lines());
    Line line = lines.get(2);
    lines.set(
        2,
        new Line(line.from(), line.to(), Math.nextUp(line.resistanceOhm()), line.reactanceOhm()));
    GridCase changed =
        new GridCase(
            original.name(),
            original.source(),
            original.limits(),
            original.nodes(),
            lines,
            original.tree());
    assertThat(CaseFingerprint.of(changed)).isNotEqualTo(CaseFingerprint.of(original));
  }
}
