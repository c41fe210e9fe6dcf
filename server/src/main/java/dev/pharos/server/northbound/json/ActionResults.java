// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import java.util.List;
import java.util.Map;

/// What a command gave.
public record ActionResults(List<Argument> outputArgs) {

    public static ActionResults of(Map<String, String> arguments) {
        return new ActionResults(Argument.of(arguments));
    }
}
