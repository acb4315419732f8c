package io.dualgrid.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.files.AtomicFiles;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.ResultException;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the results of a study are, and what of it is done. The days of a chain are one file that
 * takes its name when it is whole, after the dispatch if that is kept: a chain is done when its
 * file is there, however the process ended.
 */
public final class StudyFolder {
  private static final String MANIFEST = "study.json";
  private static final String DISPATCH = "dispatch.csv";
  private static final String FINGERPRINT = "fingerprint";

  private final ResultFolder folder;

  private StudyFolder(ResultFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder for a study, new or to be gone on with.
   *
   * @throws CaseException when it holds something else, or is of another study
   * @throws ResultException when it cannot be written to
   */
  public static StudyFolder open(Path path, Study study) {
    ResultFolder folder = ResultFolder.open(path);
    Path manifest = folder.path().resolve(MANIFEST);
    try {
      if (Files.exists(manifest)) {
        requireSame(path, manifest, study);
      } else {
        requireEmpty(path, folder.path());
        folder.write(Map.of(MANIFEST, out -> out.write(json(study).toPrettyString() + "\n")));
      }
    } catch (IOException e) {
      throw new ResultException(path + ": " + DiskFailure.reason(e), e);
    }
    return new StudyFolder(folder);
  }

  private static ObjectNode json(Study study) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("formatVersion", 1);
    json.put("study", study.name());
    json.put("case", study.gridCase().name());
    json.put("chains", study.chains());
    json.put("days", study.days());
    json.put(FINGERPRINT, study.fingerprint());
    return json;
  }

  private static void requireSame(Path path, Path manifest, Study study) throws IOException {
    JsonNode json = new ObjectMapper().readTree(manifest.toFile());
    if (!study.fingerprint().equals(json.path(FINGERPRINT).asText())) {
      throw refused(
          path,
          "holds the results of study "
              + json.path("study").asText("?")
              + " before its file, its case or its profiles were changed, or of another one",
          "give another folder with --out, or take the change back");
    }
  }

  private static void requireEmpty(Path path, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      // what a process leaves that is killed while it writes
      if (entries.anyMatch(entry -> !entry.getFileName().toString().endsWith(".tmp"))) {
        throw refused(path, "is not empty and of no study", "give another folder with --out");
      }
    }
  }

  private static CaseException refused(Path path, String message, String remedy) {
    String name = path.toString();
    return new CaseException(name, List.of(new CaseProblem(name, "", "", "", message, remedy)));
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  private Path place(String table, Study.Task task) {
    return folder
        .path()
        .resolve(table)
        .resolve("scenario=" + task.scenario().name())
        .resolve("repetition=" + task.repetition());
  }

  private Path days(Study.Task task) {
    return place("days", task).resolve(DaysCsv.NAME);
  }

  /** Whether a chain is done. */
  boolean isDone(Study.Task task) {
    return Files.exists(days(task));
  }

  /** Keeps a chain that has come to its end. */
  void keep(Study.Task task, ChainTables tables) {
    tables
        .dispatch()
        .ifPresent(
            content -> folder.within(place("dispatch", task)).write(Map.of(DISPATCH, content)));
    folder.within(days(task).getParent()).write(Map.of(DaysCsv.NAME, tables.days()));
  }

  /** The days of a chain that is done. */
  List<DayOutcome> read(Study.Task task) {
    try {
      return DaysCsv.read(days(task));
    } catch (IOException e) {
      throw new ResultInputException(
          days(task) + ": " + DiskFailure.reason(e) + "; delete it, and the study runs it again",
          e);
    }
  }

  /** Deletes what writes have left that were killed half-way; no other process may be at work. */
  void deleteLeftovers(Study study) {
    try {
      AtomicFiles.deleteTrials(folder.path());
      for (String name : List.of(MANIFEST, StudySummary.CSV, StudySummary.JSON, Reports.NAME)) {
        AtomicFiles.deleteLeftovers(folder.path().resolve(name));
      }
      for (Study.Task task : study.tasks()) {
        deleteLeftovers(days(task));
        deleteLeftovers(place("dispatch", task).resolve(DISPATCH));
      }
    } catch (IOException e) {
      throw new ResultException(folder.path() + ": " + DiskFailure.reason(e), e);
    }
  }

  private static void deleteLeftovers(Path ofChain) throws IOException {
    if (Files.isDirectory(ofChain.getParent())) {
      AtomicFiles.deleteLeftovers(ofChain);
    }
  }

  /** Writes files of the whole. */
  void write(Map<String, FileContent> files) {
    folder.write(files);
  }
}
