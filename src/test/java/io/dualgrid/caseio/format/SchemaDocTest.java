package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaDocTest {
  @Test
  void thePageOfTheCaseFormatIsUpToDate() {
    assertThat(Path.of("docs/case-format.md"))
        .as(
            "run: java -cp target/dualgrid.jar io.dualgrid.caseio.format.SchemaDoc docs/case-format.md")
        .hasContent(SchemaDoc.markdown());
  }
}
