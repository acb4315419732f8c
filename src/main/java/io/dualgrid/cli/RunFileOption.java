package io.dualgrid.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that has a file give others. What stands on the command line, too, counts there. */
final class RunFileOption {
  private static final String NAME = "--config";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "Take the case and options from a YAML file, such as case: yingkou-60, privacy: ckks, "
              + "gap: true; paths in it are relative to its folder. Options given here win.")
  private Path file;

  private final Set<String> given = new HashSet<>();

  /** For an error in a value: the file that gave it, to begin the message with; else empty. */
  String origin(ArgSpec argument) {
    return argument instanceof OptionSpec option && given.contains(option.longestName())
        ? file + ": "
        : "";
  }

  /** Puts what the file gives before what was typed. */
  static final class Expansion implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
      List<String> typed = new ArrayList<>(words);
      Collections.reverse(typed); // the next word is on top
      Typed all = Typed.of(typed, command);
      if (all.file() == null) {
        return false;
      }
      Map<String, String> fromFile;
      try {
        fromFile = new RunFile(Path.of(all.file()), command.options()).words();
      } catch (InvalidPathException e) {
        return false; // the option says so itself
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage());
      }
      fromFile.keySet().removeAll(all.keys());
      RunFileOption option = ((RunCommand) command.userObject()).runFile();
      option.given.clear();
      option.file = Path.of(all.file()); // which picocli comes to only later
      fromFile.forEach(
          (key, word) -> {
            option.given.add("--" + key);
            words.push(word);
          });
      return false;
    }
  }

  /**
   * What was typed.
   *
   * @param file behind the option, or null
   * @param keys of options, and of the case, as a file would name them
   */
  private record Typed(String file, Set<String> keys) {
    static Typed of(List<String> words, CommandSpec command) {
      Set<String> keys = new HashSet<>();
      String file = null;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        int equals = word.indexOf('=');
        OptionSpec option = command.findOption(equals < 0 ? word : word.substring(0, equals));
        if (option == null) {
          keys.add(word.startsWith("-") ? word : RunFile.CASE);
          continue;
        }
        keys.add(RunFile.key(option));
        boolean apart = equals < 0 && option.arity().min() > 0;
        String value =
            apart ? (i + 1 < words.size() ? words.get(++i) : null) : word.substring(equals + 1);
        if (option.longestName().equals(NAME)) {
          file = value;
        }
      }
      return new Typed(file, keys);
    }
  }
}
