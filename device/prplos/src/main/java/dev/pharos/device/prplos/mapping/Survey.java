// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command that tells what daemons find for each row of a table, such as the networks that each radio hears.
///
/// @param object that has the command, with trailing dot
/// @param command such as `NeighboringWiFiDiagnostic()`
/// @param call `?` in its arguments stands for what daemons call the section of the row
/// @param at leads to the list in the answer
/// @param result what is told of each element
record Survey(String object, String command, Call call, Mapping.Table table, State.Path at, Results result) {

    /// What is told of each element, as in `Result.1.SSID`.
    record Results(String name, List<Observed> outputs) {
        Results {
            outputs = List.copyOf(outputs);
        }

        private void add(Map<String, String> told, int number, UbusTable element, Row row) {
            for (Observed output : outputs) {
                String path = name + "." + number + "." + output.parameter();
                Optional<String> value = switch (output.reading()) {
                    case Observed.Reading.Holder ignored -> Optional.of(row.path());
                    case Observed.Reading.Configured(String option, Conversion conversion) ->
                        conversion.shown(row.section(), option, Conversion.Rows.NONE);
                    default -> output.reading().of(element, "");
                };
                value.ifPresent(text -> told.put(path, text));
            }
        }
    }

    /// For which something is looked for.
    ///
    /// @param path without trailing dot
    /// @param name what daemons call the section
    record Row(String path, String name, UciSection section) {}

    /// What a daemon finds for a section that it calls so.
    List<UbusTable> ask(Daemons daemons, String name) throws InterruptedException {
        return daemons.find(
                call.object(), call.method(), call.told(text -> text.replace(State.Question.UNKNOWN, name)));
    }

    /// The output arguments: `Status` is `Complete` where one row at least was answered for, else `Error`; at most
    /// [Limits#FOUND] elements.
    ///
    /// @param answers by the row that they are for
    Map<String, String> outputs(Map<Row, List<UbusTable>> answers) {
        Map<String, String> told = new HashMap<>();
        int number = 0;
        boolean answered = false;
        for (Map.Entry<Row, List<UbusTable>> row : answers.entrySet()) {
            for (UbusTable answer : row.getValue()) {
                answered = true;
                for (UbusTable element : elements(answer)) {
                    if (number < Limits.FOUND) {
                        number++;
                        result.add(told, number, element, row.getKey());
                    }
                }
            }
        }
        told.put("Status", answered ? "Complete" : "Error");
        return told;
    }

    private List<UbusTable> elements(UbusTable answer) {
        List<UbusTable> elements = new ArrayList<>();
        at.reached(answer, "").forEach(list -> {
            if (list instanceof UbusValue.Array(List<UbusValue> array)) {
                array.stream()
                        .filter(UbusTable.class::isInstance)
                        .map(UbusTable.class::cast)
                        .forEach(elements::add);
            }
        });
        return elements;
    }
}
