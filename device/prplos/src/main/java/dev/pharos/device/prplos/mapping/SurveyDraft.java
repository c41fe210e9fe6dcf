// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.util.ArrayList;
import java.util.List;

/// A survey of which not all lines are read.
final class SurveyDraft {
    private static final String HEAD =
            "survey OBJECT.COMMAND() asks OBJECT METHOD MEMBER=VALUE ... for TABLE at PATH as NAME";
    /// How many words are behind the call.
    private static final int REST = 6;

    private final String path;
    private final Call call;
    private final Mapping.Table table;
    private final State.Path at;
    private final String name;
    private final Wrong wrong;
    private final ReadingReader readings;
    private final List<Observed> outputs = new ArrayList<>();

    /// @param tables that were read so far
    SurveyDraft(List<String> words, List<Mapping.Table> tables, Wrong wrong) throws MappingFormatException {
        int rest = words.size() - REST;
        Wrong.unless(
                rest >= 5
                        && words.get(1).matches("Device\\.(\\w+\\.)*\\w+\\(\\)")
                        && words.get(2).equals("asks")
                        && words.get(rest).equals("for")
                        && words.get(rest + 2).equals("at")
                        && words.get(rest + 4).equals("as"),
                HEAD,
                wrong);
        this.wrong = wrong;
        this.readings = new ReadingReader(wrong);
        this.path = words.get(1);
        this.call = Call.of(words.subList(3, rest), HEAD, wrong);
        this.table = tables.stream()
                .filter(above -> above.path().equals(words.get(rest + 1)))
                .findFirst()
                .orElseThrow(() -> wrong.because("expected: a table above in place of " + words.get(rest + 1)));
        this.at = readings.path(words.get(rest + 3));
        this.name = words.get(rest + 5);
    }

    void line(List<String> words) throws MappingFormatException {
        Wrong.unless(
                words.size() >= 3
                        && words.getFirst().matches("\\w+")
                        && words.get(1).equals("="),
                "PARAMETER = ...",
                wrong);
        outputs.add(new Observed(
                words.getFirst(),
                State.Question.NOBODY,
                readings.ofElement(words.subList(2, words.size())),
                false,
                Observed.When.ALWAYS));
    }

    Survey end() {
        int dot = path.lastIndexOf('.') + 1;
        return new Survey(
                path.substring(0, dot), path.substring(dot), call, table, at, new Survey.Results(name, outputs));
    }
}
