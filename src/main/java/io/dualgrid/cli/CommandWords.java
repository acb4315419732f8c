package io.dualgrid.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What can be typed behind a command.
 *
 * @param path names of the command and those above it, without the program, such as "ca init";
 *     empty for the program itself
 * @param summary what the command does, in a line
 * @param commands names of its own commands
 * @param options of it, without hidden ones
 * @param operand what its positional parameters take
 */
record CommandWords(
    String path, String summary, List<String> commands, List<Taken> options, Taken operand) {

  /** What kind of word is expected. */
  enum Kind {
    /** None: a flag, or no parameter. */
    NOTHING,
    /** A number or a name. */
    WORD,
    /** One of a few words. */
    CHOICE,
    /** A file or a folder. */
    FILE,
    /** One of a few words, or a folder. */
    CHOICE_OR_FOLDER
  }

  /**
   * An option or a positional parameter, and what it takes.
   *
   * @param name the longest of an option, or the label of a parameter
   * @param summary for people, in a line
   * @param kind of word
   * @param choices of the kinds that have some
   */
  record Taken(String name, String summary, Kind kind, List<String> choices) {}

  /** A command line and all commands below it. */
  static List<CommandWords> of(CommandLine root) {
    List<CommandWords> all = new ArrayList<>();
    collect("", root, all);
    return all;
  }

  private static String within(String path, String name) {
    return path.isEmpty() ? name : path + " " + name;
  }

  /** Its own commands, by name, out of all. */
  Map<String, CommandWords> commandsOf(List<CommandWords> all) {
    Map<String, CommandWords> own = new LinkedHashMap<>();
    for (String name : commands) {
      String wanted = within(path, name);
      own.put(name, all.stream().filter(one -> one.path.equals(wanted)).findFirst().orElseThrow());
    }
    return own;
  }

  private static void collect(String path, CommandLine command, List<CommandWords> all) {
    Map<String, CommandLine> below = command.getSubcommands();
    List<Taken> options =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(CommandWords::option)
            .toList();
    Taken operand =
        command.getCommandSpec().positionalParameters().stream()
            .findFirst()
            .map(CommandWords::operand)
            .orElse(new Taken("", "", Kind.NOTHING, List.of()));
    String summary = line(command.getCommandSpec().usageMessage().description());
    all.add(new CommandWords(path, summary, List.copyOf(below.keySet()), options, operand));
    below.forEach((name, sub) -> collect(within(path, name), sub, all));
  }

  private static Taken option(OptionSpec option) {
    String summary = line(option.description());
    return option.arity().max() == 0
        ? new Taken(option.longestName(), summary, Kind.NOTHING, List.of())
        : taken(option.longestName(), summary, option);
  }

  private static Taken operand(ArgSpec parameter) {
    Taken taken = taken(parameter.paramLabel(), line(parameter.description()), parameter);
    // the name of a bundled case, or a folder: the one that takes both is read as text
    return taken.kind == Kind.CHOICE && parameter.paramLabel().equals("CASE")
        ? new Taken(taken.name, taken.summary, Kind.CHOICE_OR_FOLDER, taken.choices)
        : taken;
  }

  private static Taken taken(String name, String summary, ArgSpec argument) {
    Set<String> choices = new LinkedHashSet<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(choices::add);
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    Kind kind = !choices.isEmpty() ? Kind.CHOICE : type.equals(Path.class) ? Kind.FILE : Kind.WORD;
    return new Taken(name, summary, kind, List.copyOf(choices));
  }

  /** The first sentence or so, without what other formats would take for their own signs. */
  private static String line(String[] description) {
    String text =
        String.join(" ", Arrays.asList(description)).replaceAll("[^A-Za-z0-9 ,.%-]", "").strip();
    int end = text.indexOf(". ");
    return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
  }
}
