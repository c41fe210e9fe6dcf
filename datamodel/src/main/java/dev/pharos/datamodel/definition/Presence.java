// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

/// When an object that not every device, or not every row, has is there: where a parameter of the object that holds
/// it names it. A list may name several (TR-106, discriminated objects and mounted objects).
///
/// @param parameter of the holder, such as `Class` beside `BinaryControl.` and `LevelSensor.`
/// @param kind what its absence means for the supported data model
public record Presence(String parameter, Kind kind) {

    /// Why an object may be absent.
    public enum Kind {
        /// One of a union, all of which the supported data model has.
        NAMED,
        /// Mounted on some of its holders: their supported data models diverge (TR-369, GetSupportedDM).
        MOUNTED
    }

    public Presence {
        ElementNames.checkParameter(parameter);
    }

    /// Whether this value of the parameter, a single name or a list of them, names the object.
    public boolean names(String value, String object) {
        return ValueSyntax.items(value).contains(object);
    }
}
