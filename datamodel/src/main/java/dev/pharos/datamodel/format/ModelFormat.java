// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.IOException;
import java.io.Reader;

/// The compact form of data models, `.dm`: one line for each object, parameter, command, event and argument.
/// `docs/data-model.md` has the grammar.
public final class ModelFormat {
    private ModelFormat() {}

    /// Reads a whole model.
    ///
    /// @param sourceName for messages, such as a file name
    /// @throws ModelFormatException with the line, where the text is no such model
    public static SupportedDataModel read(Reader reader, String sourceName) throws IOException, ModelFormatException {
        return new ModelReader(sourceName).read(reader);
    }

    /// Writes a model so that [#read] gives an equal one.
    public static void write(SupportedDataModel model, Appendable out) throws IOException {
        new ModelWriter(out).model(model);
    }
}
