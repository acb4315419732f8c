package io.dualgrid.cli;

import io.dualgrid.cli.CommandWords.Taken;
import java.util.ArrayList;
import java.util.List;

/** A completion script for bash, which needs no package of completions. */
final class BashScript {
  private static final String HEAD =
      """
      # Completion of dualgrid for bash: source <(dualgrid completion bash)
      _dualgrid() {
        local cur=${COMP_WORDS[COMP_CWORD]} option='' path='' i word
        # bash takes --name=value for three words
        if [[ $cur == '=' ]]; then
          cur='' option=${COMP_WORDS[COMP_CWORD - 1]}
        elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
          option=${COMP_WORDS[COMP_CWORD - 2]}
        elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* ]]; then
          option=${COMP_WORDS[COMP_CWORD - 1]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          [[ $word == -* ]] && break
          case "${path:+$path }$word" in
            %s) path="${path:+$path }$word" ;;
            *) break ;;
          esac
        done
        local choices='' files=no
        case "$path $option" in
      """;

  private BashScript() {}

  static String of(List<CommandWords> commands) {
    StringBuilder text = new StringBuilder();
    List<String> paths =
        commands.stream().map(CommandWords::path).filter(path -> !path.isEmpty()).toList();
    text.append(HEAD.formatted(quoted(paths)));
    for (CommandWords command : commands) {
      for (Taken option : command.options()) {
        if (option.kind() != CommandWords.Kind.NOTHING) {
          text.append("    '" + command.path() + " " + option.name() + "') ")
              .append(expected(option, List.of()))
              .append(" ;;\n");
        }
      }
    }
    text.append("    *)\n      if [[ $cur == -* ]]; then\n        case \"$path\" in\n");
    for (CommandWords command : commands) {
      List<String> names = command.options().stream().map(Taken::name).toList();
      text.append("          '" + command.path() + "') choices='")
          .append(String.join(" ", names))
          .append("' ;;\n");
    }
    text.append("        esac\n      else\n        case \"$path\" in\n");
    for (CommandWords command : commands) {
      text.append("          '" + command.path() + "') ")
          .append(expected(command.operand(), command.commands()))
          .append(" ;;\n");
    }
    text.append(
        """
                esac
              fi
              ;;
          esac
          COMPREPLY=()
          if [[ $files != no ]]; then
            compopt -o filenames 2>/dev/null
            local found=-f
            [[ $files == folders ]] && found=-d
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$found" -- "$cur")
          fi
          while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$choices" -- "$cur")
        }
        complete -F _dualgrid dualgrid
        """);
    return text.toString();
  }

  private static String expected(Taken taken, List<String> commands) {
    List<String> choices = new ArrayList<>(commands);
    choices.addAll(taken.choices());
    String words = "choices='" + String.join(" ", choices) + "'";
    return switch (taken.kind()) {
      case NOTHING, WORD, CHOICE -> words;
      case FILE -> words + " files=all";
      case CHOICE_OR_FOLDER -> words + " files=folders";
    };
  }

  private static String quoted(List<String> words) {
    return String.join(" | ", words.stream().map(word -> "'" + word + "'").toList());
  }
}
