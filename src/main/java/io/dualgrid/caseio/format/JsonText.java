package io.dualgrid.caseio.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.JsonFault;
import java.util.Optional;
import java.util.function.Consumer;

/** JSON files: read strictly, with the place of an error. */
public final class JsonText {
  /** Of a case of a hundred thousand nodes, in braces, names and values; guards the memory. */
  private static final long MOST_TOKENS = 4_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(bounded())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // so that a message shows a number as it stands in the file
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  /** A factory of readers that take no more than {@value #MOST_TOKENS} values and brackets. */
  public static JsonFactory bounded() {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
        // a file may have a million names, each of which would go into a table of the machine
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  /** The content of a JSON file in UTF-8, or a problem with its row and column. */
  public static Optional<JsonNode> parse(
      String file, byte[] bytes, Consumer<CaseProblem> problems) {
    Optional<String> text = CsvTable.decode(file, bytes, problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode json = MAPPER.readTree(text.get());
      if (json != null && !json.isMissingNode()) {
        return Optional.of(json);
      }
      problems.accept(new CaseProblem(file, "", "", "", "is empty", "write a JSON object { … }"));
    } catch (StreamConstraintsException e) {
      problems.accept(
          new CaseProblem(
              file,
              "",
              "",
              "",
              "has more than " + MOST_TOKENS + " values and brackets, or is nested too deeply",
              "make several cases of it"));
    } catch (NumberFormatException e) { // of an exponent that no number of the reader has
      problems.accept(
          new CaseProblem(
              file, "", "", "", "has a number beyond all that can be read", "mend its exponent"));
    } catch (JsonProcessingException e) {
      problems.accept(
          JsonFault.problem(
              file, "JSON", e, "mend it there, or just before; an editor for JSON marks the spot"));
    }
    return Optional.empty();
  }
}
