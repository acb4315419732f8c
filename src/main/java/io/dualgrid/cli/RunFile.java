package io.dualgrid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.YamlText;
import io.dualgrid.files.BoundedFiles;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.problem.Spelling;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file that holds options of a command: {@code case: yingkou-60}, {@code steps: 48}, {@code gap:
 * true}. Its keys are the names of the options without their dashes, and {@code case}; its paths
 * are relative to its folder.
 */
final class RunFile {
  /** The key of the case, which is no option. */
  static final String CASE = "case";

  /** What concerns one call, or the file itself. */
  private static final Set<String> NOT_IN_A_FILE = Set.of("config", "help", "version");

  private final Path path;
  private final Map<String, OptionSpec> options;
  private final List<CaseProblem> problems = new ArrayList<>();

  /**
   * A file.
   *
   * @param path of it
   * @param options of the command, of which hidden ones are not for files
   */
  RunFile(Path path, List<OptionSpec> options) {
    this.path = path;
    this.options =
        options.stream()
            .filter(option -> !option.hidden() && !NOT_IN_A_FILE.contains(key(option)))
            .collect(
                Collectors.toMap(
                    RunFile::key, option -> option, (one, other) -> one, LinkedHashMap::new));
  }

  /** The key that stands for an option. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /**
   * Its content as words of a command line, by key; switches that are off are left out.
   *
   * @throws IllegalArgumentException with all problems of the file, one a line
   */
  Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    fields()
        .forEach(
            (key, value) -> {
              if (isUsable(key, value)) {
                String word = word(key, value);
                if (!word.isEmpty()) {
                  words.put(key, word);
                }
              }
            });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().map(CaseProblem::toString).collect(Collectors.joining("\n")));
    }
    return words;
  }

  private Map<String, JsonNode> fields() {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    try {
      YamlText.parse(
              path.toString(),
              BoundedFiles.read(path),
              "options of the command, such as case: 6-bus, steps: 48",
              problems::add)
          .ifPresent(
              object ->
                  object.properties().forEach(each -> fields.put(each.getKey(), each.getValue())));
    } catch (NoSuchFileException e) {
      add("", "", "there is no such file", "name a file in YAML, such as case: 6-bus");
    } catch (IOException e) {
      problems.add(ReadFailure.of(path.toString(), "", e));
    }
    return fields;
  }

  private boolean isUsable(String key, JsonNode value) {
    if (!key.equals(CASE) && !options.containsKey(key)) {
      List<String> keys = new ArrayList<>(options.keySet());
      keys.add(CASE);
      String question = Spelling.question(key, keys);
      add(
          key,
          "",
          "there is no such option",
          question.isEmpty() ? "dualgrid run --help tells all; keys are without --" : question);
      return false;
    }
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      add(key, value.isNull() ? "" : value.toString(), "is not one value", "write " + key + ": …");
      return false;
    }
    if (isSwitch(key) && !value.isBoolean()) {
      add(key, value.asText(), "is neither true nor false", "write " + key + ": true");
      return false;
    }
    return true;
  }

  private boolean isSwitch(String key) {
    return !key.equals(CASE) && options.get(key).arity().max() == 0;
  }

  private String word(String key, JsonNode value) {
    if (key.equals(CASE)) {
      String name = value.asText();
      return CaseLocator.bundledNames().contains(name) ? name : beside(key, name);
    }
    OptionSpec option = options.get(key);
    if (isSwitch(key)) {
      return value.booleanValue() ? option.longestName() : "";
    }
    String text = option.type() == Path.class ? beside(key, value.asText()) : value.asText();
    return option.longestName() + "=" + text;
  }

  private String beside(String key, String name) {
    try {
      return path.resolveSibling(name).normalize().toString();
    } catch (InvalidPathException e) {
      add(key, name, "is no path: " + e.getReason(), "name a file or a folder");
      return "";
    }
  }

  private void add(String field, String value, String message, String remedy) {
    problems.add(new CaseProblem(path.toString(), "", field, value, message, remedy));
  }
}
