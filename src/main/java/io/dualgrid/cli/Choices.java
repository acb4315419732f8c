package io.dualgrid.cli;

import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.problem.Spelling;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.results.Labels;
import io.dualgrid.results.export.Exports;
import io.dualgrid.results.report.Plots;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take, for reading, for help and for completion. */
final class Choices {
  private Choices() {}

  /** Reads a constant by its label. */
  static final class Reader<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    Reader(Class<E> type) {
      this.type = type;
    }

    @Override
    public E convert(String value) {
      for (E constant : type.getEnumConstants()) {
        if (Labels.of(constant).equals(value)) {
          return constant;
        }
      }
      throw unknown(value, labels(type));
    }
  }

  /** Lets one of a few words through. */
  private abstract static class Word extends ArrayList<String> implements ITypeConverter<String> {
    private static final long serialVersionUID = 1L;

    Word(List<String> words) {
      super(words);
    }

    @Override
    public String convert(String value) {
      if (!contains(value)) {
        throw unknown(value, this);
      }
      return value;
    }
  }

  /** Names of QP backends. */
  static final class Qp extends Word {
    private static final long serialVersionUID = 1L;

    Qp() {
      super(QpBackends.names());
    }
  }

  /** Names of CKKS backends. */
  static final class Ckks extends Word {
    private static final long serialVersionUID = 1L;

    Ckks() {
      super(CkksBackends.names());
    }
  }

  /** The labels of a set of constants. */
  private abstract static class LabelList extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    LabelList(Class<? extends Enum<?>> type) {
      super(labels(type));
    }
  }

  /** Labels of {@link Privacy}. */
  static final class Privacies extends LabelList {
    private static final long serialVersionUID = 1L;

    Privacies() {
      super(Privacy.class);
    }
  }

  /** Labels of {@link ParameterSet}. */
  static final class ParameterSets extends LabelList {
    private static final long serialVersionUID = 1L;

    ParameterSets() {
      super(ParameterSet.class);
    }
  }

  /** Labels of {@link MaskKind}. */
  static final class Masks extends LabelList {
    private static final long serialVersionUID = 1L;

    Masks() {
      super(MaskKind.class);
    }
  }

  /** Labels of {@link Stopping}. */
  static final class Stoppings extends LabelList {
    private static final long serialVersionUID = 1L;

    Stoppings() {
      super(Stopping.class);
    }
  }

  /** Labels of {@link Algorithm}. */
  static final class Algorithms extends LabelList {
    private static final long serialVersionUID = 1L;

    Algorithms() {
      super(Algorithm.class);
    }
  }

  /** Labels of {@link Sensitivities}. */
  static final class SensitivityChoices extends LabelList {
    private static final long serialVersionUID = 1L;

    SensitivityChoices() {
      super(Sensitivities.class);
    }
  }

  /** Labels of {@link FeederShape}. */
  static final class Shapes extends LabelList {
    private static final long serialVersionUID = 1L;

    Shapes() {
      super(FeederShape.class);
    }
  }

  /** Labels of {@link Sampling}. */
  static final class Samplings extends LabelList {
    private static final long serialVersionUID = 1L;

    Samplings() {
      super(Sampling.class);
    }
  }

  /** Labels of {@link VoltageForm}. */
  static final class VoltageForms extends LabelList {
    private static final long serialVersionUID = 1L;

    VoltageForms() {
      super(VoltageForm.class);
    }
  }

  /** Labels of {@link Exports.Format}. */
  static final class ExportFormats extends LabelList {
    private static final long serialVersionUID = 1L;

    ExportFormats() {
      super(Exports.Format.class);
    }
  }

  /** Labels of {@link BadAnswerPolicy}. */
  static final class BadAnswerPolicies extends LabelList {
    private static final long serialVersionUID = 1L;

    BadAnswerPolicies() {
      super(BadAnswerPolicy.class);
    }
  }

  /** Labels of {@link Plots.Kind}. */
  static final class PlotKinds extends LabelList {
    private static final long serialVersionUID = 1L;

    PlotKinds() {
      super(Plots.Kind.class);
    }
  }

  /** Labels of {@link Shell}. */
  static final class Shells extends LabelList {
    private static final long serialVersionUID = 1L;

    Shells() {
      super(Shell.class);
    }
  }

  private static List<String> labels(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Labels::of).toList();
  }

  private static TypeConversionException unknown(String value, List<String> words) {
    return new TypeConversionException(
        "'" + value + "' is not one of " + String.join(", ", words) + Spelling.hint(value, words));
  }
}
