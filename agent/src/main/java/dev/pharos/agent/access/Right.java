// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

/// What a controller may do to an element, one constant for each letter of TR-181's four permission strings
/// that means something.
public enum Right {
    /// `Param` r: Get its value, see it in the supported data model.
    READ_PARAMETER,
    /// `Param` w: Set it, or give it a value in an Add.
    WRITE_PARAMETER,
    /// `Param` n: be told of its changes.
    NOTIFY_PARAMETER,
    /// `Obj` r: resolve it in a Get, see it in the supported data model.
    READ_OBJECT,
    /// `Obj` w: add rows to the table.
    ADD_ROW,
    /// `Obj` n: be told of new rows.
    NOTIFY_ROW_ADDED,
    /// `InstantiatedObj` r: see Instance Numbers and keys.
    READ_ROW,
    /// `InstantiatedObj` w: delete the row.
    DELETE_ROW,
    /// `InstantiatedObj` n: be told that the row is gone.
    NOTIFY_ROW_DELETED,
    /// `CommandEvent` r: see it in the supported data model.
    READ_COMMAND_OR_EVENT,
    /// `CommandEvent` x: run the command.
    OPERATE,
    /// `CommandEvent` n: be told of the event or of the command's end.
    NOTIFY_COMMAND_OR_EVENT
}
