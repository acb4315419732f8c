package io.dualgrid.caseio.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.JsonFault;
import java.util.Optional;
import java.util.function.Consumer;

/** YAML files: read strictly, with the place of an error. */
public final class YamlText {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // so that a message shows a number as it stands in the file
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private YamlText() {}

  /**
   * The content of a YAML file in UTF-8, or a problem with its row and column.
   *
   * @param file as messages name it
   * @param bytes of it
   * @param example what fields a file of this kind has, for one that has none
   * @param problems takes the problem
   */
  public static Optional<JsonNode> parse(
      String file, byte[] bytes, String example, Consumer<CaseProblem> problems) {
    Optional<String> text = CsvTable.decode(file, bytes, problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(text.get());
      if (node != null && node.isObject()) {
        return Optional.of(node);
      }
      problems.accept(new CaseProblem(file, "", "", "", "holds no fields", "write " + example));
    } catch (JsonProcessingException e) {
      problems.accept(
          JsonFault.problem(
              file,
              "YAML",
              e,
              "mend it there, or just before; blanks at the begin of a row count, tabs are refused"));
    }
    return Optional.empty();
  }
}
