// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A method of an object on ubus that is called, with texts by the names of its arguments.
///
/// @param object may have `@`, as the texts may
record Call(String object, String method, Map<String, String> arguments) {
    static final String ITSELF = "@";
    private static final String ARGUMENT = "[\\w-]+=.+";

    Call {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /// @param words `OBJECT METHOD MEMBER=VALUE ...`
    /// @param expected what is told where they are none
    static Call of(List<String> words, String expected, Wrong wrong) throws MappingFormatException {
        Wrong.unless(
                words.size() >= 2
                        && words.stream().skip(2).allMatch(word -> word.matches(ARGUMENT))
                        && words.stream().limit(2).noneMatch(word -> word.contains("=")),
                expected,
                wrong);
        Map<String, String> arguments = new LinkedHashMap<>();
        words.stream()
                .skip(2)
                .forEach(word ->
                        arguments.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
        return new Call(words.get(0), words.get(1), arguments);
    }

    /// With this in place of `@`.
    Call with(String itself) {
        Map<String, String> texts = new LinkedHashMap<>(arguments);
        texts.replaceAll((member, text) -> text.replace(ITSELF, itself));
        return new Call(object.replace(ITSELF, itself), method, texts);
    }

    /// The arguments as they go over the bus.
    ///
    /// @param meaning what a text stands for
    UbusTable told(UnaryOperator<String> meaning) {
        UbusTable told = UbusTable.EMPTY;
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            told = told.with(argument.getKey(), meaning.apply(argument.getValue()));
        }
        return told;
    }
}
