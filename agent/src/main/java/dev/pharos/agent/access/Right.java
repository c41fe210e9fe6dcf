// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

/// What a controller may do to an element, one constant for each letter of TR-181's four permission strings
/// that means something.
public enum Right {
    /// `Param` r: Get its value, see it in the supported data model.
    READ_PARAMETER(1 << 0),
    /// `Param` w: Set it, or give it a value in an Add.
    WRITE_PARAMETER(1 << 1),
    /// `Param` n: be told of its changes.
    NOTIFY_PARAMETER(1 << 2),
    /// `Obj` r: resolve it in a Get, see it in the supported data model.
    READ_OBJECT(1 << 3),
    /// `Obj` w: add rows to the table.
    ADD_ROW(1 << 4),
    /// `Obj` n: be told of new rows.
    NOTIFY_ROW_ADDED(1 << 5),
    /// `InstantiatedObj` r: see Instance Numbers and keys.
    READ_ROW(1 << 6),
    /// `InstantiatedObj` w: delete the row.
    DELETE_ROW(1 << 7),
    /// `InstantiatedObj` n: be told that the row is gone.
    NOTIFY_ROW_DELETED(1 << 8),
    /// `CommandEvent` r: see it in the supported data model.
    READ_COMMAND_OR_EVENT(1 << 9),
    /// `CommandEvent` x: run the command.
    OPERATE(1 << 10),
    /// `CommandEvent` n: be told of the event or of the command's end.
    NOTIFY_COMMAND_OR_EVENT(1 << 11);

    private final int bit;

    Right(int bit) {
        this.bit = bit;
    }

    /// This right in a set of rights.
    int bit() {
        return bit;
    }
}
