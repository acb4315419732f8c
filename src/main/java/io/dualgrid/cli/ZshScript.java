package io.dualgrid.cli;

import io.dualgrid.cli.CommandWords.Taken;
import java.util.List;
import java.util.Map;

/** A completion script for zsh, in the words of its own completion system (zshcompsys). */
final class ZshScript {
  private ZshScript() {}

  static String of(List<CommandWords> commands) {
    StringBuilder text =
        new StringBuilder(
            """
            #compdef dualgrid
            # Completion of dualgrid for zsh, after compinit: source <(dualgrid completion zsh)
            """);
    for (CommandWords command : commands) {
      text.append("\n").append(function(command.path())).append("() {\n");
      if (!command.commands().isEmpty()) {
        menu(command, commands, text);
      } else {
        text.append("  _arguments");
        options(command, text);
        String action = action(command.operand());
        if (!action.isEmpty()) {
          text.append(" \\\n    '*:" + command.operand().name() + ":" + action + "'");
        }
        text.append("\n");
      }
      text.append("}\n");
    }
    return text + "\ncompdef _dualgrid dualgrid\n";
  }

  /** A command that is followed by another one. */
  private static void menu(CommandWords command, List<CommandWords> all, StringBuilder text) {
    text.append("  local line state\n  _arguments -C");
    options(command, text);
    text.append(" \\\n    '1: :->command' '*:: :->rest'\n  case $state in\n    command)\n");
    text.append("      local -a commands=(\n");
    Map<String, CommandWords> own = command.commandsOf(all);
    own.forEach((name, words) -> text.append("        '" + name + ":" + words.summary() + "'\n"));
    text.append("      )\n      _describe command commands\n      ;;\n    rest)\n");
    text.append("      case $line[1] in\n");
    own.forEach(
        (name, words) -> text.append("        " + name + ") " + function(words.path()) + " ;;\n"));
    text.append("      esac\n      ;;\n  esac\n");
  }

  private static void options(CommandWords command, StringBuilder text) {
    for (Taken option : command.options()) {
      String action = action(option);
      text.append(" \\\n    '" + option.name());
      text.append(action.isEmpty() ? "" : "=");
      text.append("[" + option.summary() + "]");
      text.append(action.isEmpty() ? "'" : ": :" + action + "'");
    }
  }

  private static String action(Taken taken) {
    String choices = String.join(" ", taken.choices());
    return switch (taken.kind()) {
      case NOTHING -> "";
      case WORD -> "( )";
      case CHOICE -> "(" + choices + ")";
      case FILE -> "_files";
      case CHOICE_OR_FOLDER ->
          "{_alternative \"names\\:name\\:(" + choices + ")\" \"files\\:folder\\:_files -/\"}";
    };
  }

  private static String function(String path) {
    return "_dualgrid" + (path.isEmpty() ? "" : "_" + path.replace(' ', '_'));
  }
}
