// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import java.util.List;

/// What is called on ubus beside the reload of packages.
///
/// @param tells who is told where sections change
/// @param writes parameters that are written by a call
/// @param surveys commands that tell what daemons find
record Calls(List<Tell> tells, List<Write> writes, List<Survey> surveys) {
    static final Calls NONE = new Calls(List.of(), List.of(), List.of());

    Calls {
        tells = List.copyOf(tells);
        writes = List.copyOf(writes);
        surveys = List.copyOf(surveys);
    }

    /// Whom to call where a section of a type is another, once the package was committed.
    record Tell(String packageName, String type, Call call) {}

    /// A parameter of rows that another element of the device has, which management writes and nobody reads.
    ///
    /// @param row the supported path of the rows, with trailing dot
    /// @param call `@` stands for what is written, every other text for what the parameter of this name says
    record Write(String row, String parameter, Call call) {
        boolean is(String path) {
            return SupportedDataModel.supportedPath(path).equals(row + parameter);
        }
    }
}
