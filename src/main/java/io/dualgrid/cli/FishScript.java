package io.dualgrid.cli;

import io.dualgrid.cli.CommandWords.Taken;
import java.util.List;

/** A completion script for fish. */
final class FishScript {
  private FishScript() {}

  static String of(List<CommandWords> commands) {
    StringBuilder text =
        new StringBuilder(
            """
            # Completion of dualgrid for fish: dualgrid completion fish | source
            function __dualgrid_at
              set -l words (commandline -opc)[2..]
              set -l commands (string match -v -- '-*' $words)
              set -l wanted (string split ' ' -- $argv[1])
              test (count $commands) -ge (count $wanted); or return 1
              for i in (seq (count $wanted))
                test $commands[$i] = $wanted[$i]; or return 1
              end
            end

            complete -c dualgrid -f
            """);
    for (CommandWords command : commands) {
      String condition =
          command.path().isEmpty()
              ? "__fish_use_subcommand"
              : "__dualgrid_at \"" + command.path() + "\"";
      String head = "complete -c dualgrid -n '" + condition + "'";
      String where =
          command.path().isEmpty()
              ? condition
              : condition
                  + "; and not __fish_seen_subcommand_from "
                  + String.join(" ", command.commands());
      command
          .commandsOf(commands)
          .forEach(
              (name, words) ->
                  text.append("complete -c dualgrid -n '" + where + "' -a " + name)
                      .append(" -d '" + words.summary() + "'\n"));
      for (Taken option : command.options()) {
        text.append(head + " -l " + option.name().substring(2) + expected(option))
            .append(" -d '" + option.summary() + "'\n");
      }
      if (command.commands().isEmpty() && command.operand().kind() != CommandWords.Kind.NOTHING) {
        text.append(operand(head, command.operand()));
      }
    }
    return text.toString();
  }

  private static String expected(Taken option) {
    return switch (option.kind()) {
      case NOTHING -> "";
      case WORD -> " -x";
      case CHOICE, CHOICE_OR_FOLDER -> " -x -a '" + String.join(" ", option.choices()) + "'";
      case FILE -> " -r -F";
    };
  }

  private static String operand(String head, Taken operand) {
    String choices = head + " -a '" + String.join(" ", operand.choices()) + "'\n";
    return switch (operand.kind()) {
      case NOTHING, WORD -> "";
      case CHOICE -> choices;
      case FILE -> head + " -F\n";
      case CHOICE_OR_FOLDER -> choices + head + " -a '(__fish_complete_directories)'\n";
    };
  }
}
