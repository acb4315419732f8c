package io.dualgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.results.FileContent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What a command prints for programs. */
final class JsonText {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonText() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Prints an object. */
  static void print(Terminal terminal, ObjectNode object) {
    try {
      terminal.out().print(MAPPER.writeValueAsString(object).replace("\r\n", "\n") + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes cannot be written", e);
    }
    terminal.out().flush();
  }

  /** Prints the content of a file. */
  static void print(Terminal terminal, FileContent content) {
    PrintWriter out = terminal.out();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a PrintWriter throws none
    }
    out.flush();
  }

  /** Adds problems with their parts and as a line. */
  static void putProblems(ArrayNode array, List<CaseProblem> problems) {
    for (CaseProblem problem : problems) {
      ObjectNode node = MAPPER.valueToTree(problem);
      array.add(node.put("text", problem.toString()));
    }
  }
}
